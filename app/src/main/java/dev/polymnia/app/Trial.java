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

/// Loads a model in a process of its own and lets it write a token. A file that makes native code
/// crash, hang or eat all memory ends that process and not this one.
///
/// @param command what is run, without the model
/// @param limit how long it may take
record Trial(List<String> command, Duration limit) {
    /// The hidden command that the other process runs.
    static final String SUBCOMMAND = "try-out";

    static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String MAIN = "dev.polymnia.app.Main";
    private static final int SIGNALS = 128;
    private static final Map<Integer, String> NAMES =
            Map.of(
                    4, "an illegal instruction",
                    6, "it gave up",
                    7, "a bus error",
                    8, "an arithmetic error",
                    9, "killed, which a system does when memory runs out",
                    11, "a wrong memory access");

    Trial {
        command = List.copyOf(command);
    }

    /// Returns a trial with the program that runs now: the same Java, the same modules.
    static Trial ofThisProgram() {
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
        line.addAll(List.of("models", SUBCOMMAND));
        return new Trial(line, LIMIT);
    }

    /// Runs the trial; blocks until it has ended.
    ///
    /// @param path of the model
    /// @return what the model wrote
    /// @throws Fault `CORRUPT` if the model cannot be used, with how the process ended;
    ///   `CANCELLED`; `UNAVAILABLE` if it cannot be started
    String run(Path path, Cancellation cancellation) {
        List<String> line = new ArrayList<>(command);
        line.add(path.toString());
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
                int status = await(process, path, cancellation);
                if (status != 0) {
                    throw failed(path, status, lastLine(errors));
                }
                return Files.readString(output).strip();
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

    private int await(Process process, Path path, Cancellation cancellation) throws IOException {
        try (var _ = cancellation.onRequest(process::destroyForcibly)) {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Fault(
                        Fault.Code.CORRUPT,
                        "%s was not loaded within %d seconds. Do not use it, or try it on a faster machine."
                                .formatted(path, limit.toSeconds()));
            }
            cancellation.check();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The trial was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Fault failed(Path path, int status, Optional<String> lastLine) {
        int signal = status - SIGNALS;
        String how =
                signal > 0 && signal < 65
                        ? "with the signal %d (%s)"
                                .formatted(signal, NAMES.getOrDefault(signal, "ended from outside"))
                        : "with the status %d%s"
                                .formatted(status, lastLine.map(line -> ": " + line).orElse(""));
        return new Fault(
                Fault.Code.CORRUPT,
                "A process that loaded %s ended %s. Do not use this file.".formatted(path, how));
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
