package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The first process of a box. When it dies, the kernel kills all others in the box, and it is not
/// gone before they are (`zap_pid_ns_processes`), so watching it is enough.
///
/// @param pid its number as seen from outside
/// @param name its name, by which it is told from another process that got the number later
record Init(long pid, String name) {
    /// Tells whether anything in the box is still alive.
    boolean isAlive() {
        try {
            return isAlive(
                    Files.readString(Path.of("/proc", Long.toString(pid), "stat"), ISO_8859_1));
        } catch (IOException _) {
            return false; // there is no such process any more
        }
    }

    /// Tells it from a text of `/proc/PID/stat`. One that is only waiting to be buried is dead.
    boolean isAlive(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open || close + 2 >= stat.length()) {
            return false;
        }
        char state = stat.charAt(close + 2);
        return stat.substring(open + 1, close).equals(name) && state != 'Z' && state != 'X';
    }

    /// Kills everything in the box, if it is alive. Does not wait.
    void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
