package dev.polymnia.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process of its own for what may crash, hang or eat all memory in native code, or cannot be
/// stopped otherwise. Nothing that it does ends the program that started it.
///
/// @param command what is run, without the last words
record OwnProcess(List<String> command) {
    private static final String MAIN = "dev.polymnia.app.Main";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int SIGNALS = 128;
    private static final Map<Integer, String> NAMES =
            Map.of(
                    4, "an illegal instruction",
                    6, "it gave up",
                    7, "a bus error",
                    8, "an arithmetic error",
                    9, "killed, which a system does when memory runs out",
                    11, "a wrong memory access");

    OwnProcess {
        command = List.copyOf(command);
    }

    /// How a process ended.
    ///
    /// @param status 0 if it went well
    /// @param output what it wrote
    /// @param lastLine the last that it wrote on its error stream
    record Ending(int status, String output, Optional<String> lastLine) {
        boolean isGood() {
            return status == 0;
        }

        /// Returns how it ended, to go on from "it ended".
        String words() {
            int signal = status - SIGNALS;
            return signal > 0 && signal < 65
                    ? "with the signal %d (%s)"
                            .formatted(signal, NAMES.getOrDefault(signal, "ended from outside"))
                    : "with the status %d%s"
                            .formatted(status, lastLine.map(line -> ": " + line).orElse(""));
        }
    }

    /// Returns one that runs a command of this program: the same Java, the same modules.
    static OwnProcess ofThisProgram(String... words) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Without these a crash would leave its report wherever the user is.
        line.add("-XX:-CreateCoredumpOnCrash");
        line.add("-XX:ErrorFile=" + (File.separatorChar == '\\' ? "NUL" : "/dev/null"));
        line.add("-XX:+UseSerialGC");
        String bundle = System.getProperty("polymnia.bundle", "");
        if (!bundle.isEmpty()) {
            line.add("-Dpolymnia.bundle=" + bundle);
        }
        line.addAll(program());
        line.addAll(List.of(words));
        return new OwnProcess(line);
    }

    /// Runs it; blocks until it has ended. It is killed when the limit is over.
    ///
    /// @param words the last words of the command
    /// @param meanwhile called now and then while it runs
    /// @return empty if it did not end in time
    /// @throws Fault `CANCELLED`, once it is gone; `UNAVAILABLE` if it cannot be started
    Optional<Ending> run(
            List<String> words, Duration limit, Runnable meanwhile, Cancellation cancellation) {
        List<String> line = new ArrayList<>(command);
        line.addAll(words);
        try {
            Path output = Files.createTempFile("polymnia", ".out");
            Path errors = Files.createTempFile("polymnia", ".err");
            try {
                Process process =
                        new ProcessBuilder(line)
                                .redirectInput(ProcessBuilder.Redirect.PIPE)
                                .redirectOutput(output.toFile())
                                .redirectError(errors.toFile())
                                .start();
                if (!ends(process, limit, meanwhile, cancellation)) {
                    return Optional.empty();
                }
                return Optional.of(
                        new Ending(
                                process.exitValue(),
                                new String(Files.readAllBytes(output), UTF_8).strip(),
                                lastLine(errors)));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot run " + command.getFirst() + ": " + e.getMessage() + ".",
                    e);
        }
    }

    private boolean ends(
            Process process, Duration limit, Runnable meanwhile, Cancellation cancellation)
            throws IOException {
        long begin = System.nanoTime();
        try (var _ = cancellation.onRequest(process::destroyForcibly)) {
            process.getOutputStream().close();
            while (!process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                meanwhile.run();
                if (System.nanoTime() - begin > limit.toNanos()) {
                    return false;
                }
            }
            cancellation.check();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "Waiting for a process was interrupted.", e);
        } finally {
            // It is gone when this returns, so that it writes nothing more.
            process.destroyForcibly().onExit().join();
        }
    }

    private static Optional<String> lastLine(Path file) throws IOException {
        // A program that was made to write nonsense may have written much, and in no encoding.
        String text = new String(Files.readAllBytes(file), UTF_8);
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").replaceFirst("^polymnia: ", ""))
                .map(line -> line.substring(0, Math.min(500, line.length())));
    }

    private static List<String> program() {
        String modules = System.getProperty("jdk.module.path", "");
        String classes = System.getProperty("java.class.path", "");
        if (!Main.class.getModule().isNamed()) {
            return List.of("--enable-native-access=ALL-UNNAMED", "-cp", classes, MAIN);
        }
        List<String> line = new ArrayList<>(List.of("--enable-native-access=dev.polymnia.llama"));
        if (!modules.isEmpty()) {
            line.addAll(List.of("--module-path", modules));
        }
        line.addAll(List.of("--module", "dev.polymnia.app/" + MAIN));
        return line;
    }
}
