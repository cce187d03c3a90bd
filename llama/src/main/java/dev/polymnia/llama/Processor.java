package dev.polymnia.llama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What this machine computes with.
final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    private Processor() {}

    /// Returns a name by which measurements of one processor are not taken for another's: what
    /// Linux calls it, else its architecture.
    static String name() {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(DESCRIPTION)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(DESCRIPTION)) {
            return lines.filter(
                            line -> line.startsWith("model name") || line.startsWith("CPU part"))
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture; // nothing but a coarser name
        }
    }
}
