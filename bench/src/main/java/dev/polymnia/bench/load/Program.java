package dev.polymnia.bench.load;

import dev.polymnia.testkit.ChildServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The program that is tried, and a folder of its own for what it keeps; both are gone in the end.
final class Program implements AutoCloseable {
    /// What the heap of the server may grow to, in MiB.
    static final int HEAP = 512;

    private static final String MODEL = "smollm2-135m";

    private final Path launcher;
    private final Path home;

    Program() throws IOException {
        String said = System.getProperty("polymnia.launcher", "");
        if (said.isEmpty()) {
            throw new IllegalStateException(
                    "start it with bench/run, which says where ./polymnia is");
        }
        launcher = Path.of(said);
        home = Files.createTempDirectory("polymnia-load");
    }

    /// Returns a folder for runs, which is there.
    Path folder() throws IOException {
        return Files.createDirectories(home.resolve("data"));
    }

    /// Returns where servers write what they have to complain of.
    Path log() {
        return home.resolve("server.log");
    }

    /// Starts a server on a free port.
    ///
    /// @param place where it keeps runs: words of its command line
    /// @param settings names of limits and their values
    ChildServer start(List<String> place, Map<String, Integer> settings) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(launcher.toString(), "serve", "--port", "0", "--model", MODEL));
        command.addAll(place);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("POLYMNIA_"));
        environment.put("JDK_JAVA_OPTIONS", "-Xmx" + HEAP + "m");
        settings.forEach(
                (name, value) -> environment.put("POLYMNIA_LIMITS_" + name, value.toString()));
        return ChildServer.start(builder);
    }

    /// Starts one that keeps its runs in the folder.
    ChildServer start(Map<String, Integer> settings) throws IOException {
        return start(List.of("--data-dir", folder().toString()), settings);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
