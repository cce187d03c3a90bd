package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The first process of a box. When it dies, the kernel kills all others in the box, and it is not
/// gone before they are (`zap_pid_ns_processes`), so watching it is enough.
///
/// It is told from another process that got the number later by what nobody inside can change: that
/// it is the first one of its namespace. Its name is not that: the program may write into its
/// memory on some kernels.
///
/// @param pid its number as seen from outside
record Init(long pid) {
    private static final Pattern ALIVE = Pattern.compile("(?m)^State:\\s+[^ZX\\s]");
    private static final Pattern FIRST = Pattern.compile("(?m)^NSpid:(?:\\s+\\d+)+\\s+1$");

    /// Tells whether anything in the box is still alive.
    boolean isAlive() {
        try {
            return isAlive(
                    Files.readString(Path.of("/proc", Long.toString(pid), "status"), ISO_8859_1));
        } catch (IOException _) {
            return false; // there is no such process any more
        }
    }

    /// Tells it from a text of `/proc/PID/status`. One that is only waiting to be buried is dead.
    static boolean isAlive(String status) {
        return ALIVE.matcher(status).find() && FIRST.matcher(status).find();
    }

    /// Kills everything in the box, if it is alive. Does not wait.
    void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
