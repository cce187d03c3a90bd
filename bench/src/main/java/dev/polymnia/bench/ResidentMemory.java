package dev.polymnia.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this process holds in memory, as Linux tells it.
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");

    private ResidentMemory() {}

    /// Returns the bytes that no file stands behind: the Java heap, native buffers, keys and
    /// values, and weights that llama.cpp has copied into another order.
    static long anonymousBytes() throws IOException {
        Matcher matcher = ANONYMOUS.matcher(Files.readString(STATUS));
        if (!matcher.find()) {
            throw new IOException(STATUS + " does not tell RssAnon");
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }
}
