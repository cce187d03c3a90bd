package dev.polymnia.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process holds in memory, as Linux tells it.
public final class ResidentMemory {
    private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");

    private ResidentMemory() {}

    /// Returns the bytes of this process that no file stands behind: the Java heap, native buffers,
    /// keys and values, and weights that llama.cpp has copied into another order.
    static long anonymousBytes() throws IOException {
        return anonymousBytes(ProcessHandle.current());
    }

    /// Returns the bytes of a process that no file stands behind.
    ///
    /// @throws IOException if Linux does not tell them, or the process has ended
    public static long anonymousBytes(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        Matcher matcher = ANONYMOUS.matcher(Files.readString(status));
        if (!matcher.find()) {
            throw new IOException(status + " does not tell RssAnon");
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }
}
