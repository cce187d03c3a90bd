package dev.polymnia.bench.load;

import dev.polymnia.bench.ResidentMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server holds in memory.
///
/// @param anonymous bytes that no file stands behind, the heap among them
/// @param heap bytes that the Java heap has been given
/// @param used bytes of them that objects take, dead ones too
record ServerMemory(long anonymous, long heap, long used) {
    private static final Pattern GENERATION =
            Pattern.compile(
                    "(?:def new generation|DefNew|tenured generation|Tenured)\\s+total (\\d+)K,"
                            + " used (\\d+)K");

    static ServerMemory of(ProcessHandle server) throws IOException, InterruptedException {
        Matcher matcher = GENERATION.matcher(jcmd(server, "GC.heap_info"));
        long heap = 0;
        long used = 0;
        while (matcher.find()) {
            heap += Long.parseLong(matcher.group(1)) * 1024;
            used += Long.parseLong(matcher.group(2)) * 1024;
        }
        if (heap == 0) {
            throw new IOException("jcmd does not tell the heap's generations");
        }
        return new ServerMemory(ResidentMemory.anonymousBytes(server), heap, used);
    }

    /// Returns the same without dead objects.
    static ServerMemory alive(ProcessHandle server) throws IOException, InterruptedException {
        jcmd(server, "GC.run");
        return of(server);
    }

    private static String jcmd(ProcessHandle server, String what)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                                .toString(),
                                        Long.toString(server.pid()),
                                        what))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        return said;
    }

    @Override
    public String toString() {
        return "%d MB that no file stands behind, heap %d MB, %d MB of it used"
                .formatted(anonymous >> 20, heap >> 20, used >> 20);
    }
}
