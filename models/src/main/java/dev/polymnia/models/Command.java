package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs programs of this machine in a given environment. Thread-safe.
///
/// A program's output goes to a file, not to a pipe: a full pipe would stop it, and a grandchild
/// that keeps a pipe open would stop us.
final class Command {
    private static final int TAIL_BYTES = 2000;
    private static final long KILL_SECONDS = 5;

    private final Map<String, String> environment;

    /// Creates a runner.
    ///
    /// @param environment all that the programs see; `PATH` says where they are looked for
    Command(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// What a program left behind.
    ///
    /// @param exitCode 0 if it went well
    /// @param output the end of what it wrote to its two outputs, at most 2000 bytes
    record Result(int exitCode, String output) {}

    /// Returns where a program is; empty if it is not on the `PATH`.
    Optional<Path> find(String program) {
        // The JDK would search the PATH of this process, not the one handed to us.
        return Stream.of(
                        environment
                                .getOrDefault("PATH", "")
                                .split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> endings().map(ending -> Path.of(folder, program + ending)))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }

    /// Runs a program with an empty input; blocks until it has ended. Its temporary files and its
    /// output go into the folder.
    ///
    /// @param line the program and its arguments
    /// @param folder where it runs
    /// @param cancellation kills it and all it has started
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if it cannot be started
    Result run(List<String> line, Path folder, Cancellation cancellation) {
        cancellation.check();
        Path output = folder.resolve(".output");
        Process process = start(line, folder, output);
        Set<ProcessHandle> killed = ConcurrentHashMap.newKeySet();
        try (var _ = cancellation.onRequest(() -> kill(process, killed))) {
            process.getOutputStream().close();
            int exitCode = process.waitFor();
            cancellation.check();
            return new Result(exitCode, tail(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, line.getFirst() + " was interrupted.", e);
        } catch (IOException e) {
            throw CacheFolder.notWritable(output, e);
        } finally {
            kill(process, killed);
            // So that nobody writes into a folder that is about to be deleted.
            awaitEnd(killed);
        }
    }

    private Process start(List<String> line, Path folder, Path output) {
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        // So that a killed program leaves nothing behind, and both ends are on one disk.
        for (String variable : List.of("TMPDIR", "TEMP", "TMP")) {
            builder.environment().put(variable, folder.toString());
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "Cannot start " + line.getFirst() + ": " + e.getMessage() + ".",
                    e);
        }
    }

    private static void kill(Process process, Set<ProcessHandle> killed) {
        if (!process.isAlive()) {
            return;
        }
        // Noted before the first is killed: an orphan is no longer a descendant.
        process.descendants().forEach(killed::add);
        killed.add(process.toHandle());
        process.destroyForcibly();
        killed.forEach(ProcessHandle::destroyForcibly);
    }

    private static void awaitEnd(Set<ProcessHandle> killed) {
        CompletableFuture.allOf(
                        killed.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, KILL_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static String tail(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return UTF_8.decode(bytes.flip()).toString().strip();
        }
    }

    private Stream<String> endings() {
        return File.separatorChar == '\\'
                ? Stream.of(environment.getOrDefault("PATHEXT", ".EXE;.CMD;.BAT").split(";"))
                : Stream.of("");
    }
}
