package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.MessageDigests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Packages of the npm registry, through the user's own npm: its configuration says where the
/// registry is and how it is reached. A package is used only if it has the digest that the caller
/// names; none of its scripts are run. Thread-safe.
public final class NpmPackages {
    private static final Pattern NAME = Pattern.compile("(@[\\w.-]+/)?[A-Za-z0-9][\\w.-]*");
    private static final Pattern VERSION = Pattern.compile("[0-9][\\w.+-]*");
    private static final String ALGORITHM = "sha512-";
    private static final int CHUNK_BYTES = 1 << 16;

    private final Command command;

    /// Creates a client.
    ///
    /// @param environment what npm sees, usually `System.getenv()`; `PATH` says where it is looked
    ///   for
    public NpmPackages(Map<String, String> environment) {
        this.command = new Command(environment);
    }

    /// Fetches a package, checks it and unpacks it into a folder; blocks until done. A folder that
    /// is there already is taken as it is, because it got its name only when it was complete. Of
    /// two who want the same package one fetches it, and the other waits. Whatever goes wrong,
    /// nothing half-written is left.
    ///
    /// @param name for example `@scope/name`
    /// @param version the exact version
    /// @param integrity the SHA-512 of the package file as npm writes it, in base64, with or
    ///   without `sha512-` before it
    /// @param target the folder that will hold the content of the archive (`package/…`); its
    ///   parents are made
    /// @param progress is told of the unpacked bytes, whose sum is not known before
    /// @param cancellation ends the work early
    /// @return the target
    /// @throws Fault `CANCELLED`; `UNAVAILABLE` if npm is missing or fails, or the disk is full or
    ///   cannot be written; `CORRUPT` if the package has another digest or cannot be unpacked
    public Path unpack(
            String name,
            String version,
            String integrity,
            Path target,
            Progress progress,
            Cancellation cancellation) {
        require(NAME, name, "package name");
        require(VERSION, version, "package version");
        Path folder = target.toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            return folder;
        }
        CacheFolder.create(folder.resolveSibling(""));
        try (FetchLock _ = FetchLock.acquire(folder, Pause.REAL, progress, cancellation)) {
            if (!Files.isDirectory(folder)) {
                fetch(name, version, integrity, folder, progress, cancellation);
            }
        }
        return folder;
    }

    private void fetch(
            String name,
            String version,
            String integrity,
            Path folder,
            Progress progress,
            Cancellation cancellation) {
        String title = name + " " + version;
        Path parent = folder.resolveSibling("");
        String kind = "." + folder.getFileName() + ".fetch-";
        try (ScratchFolder scratch = ScratchFolder.in(parent, kind)) {
            progress.begin(title, 0, 0);
            Path archive = pack(name, version, scratch.path(), cancellation);
            check(archive, title, integrity);
            Path content = CacheFolder.create(scratch.path().resolve("content"));
            new Unpacker(title, content, progress, cancellation).unpack(archive);
            cancellation.check();
            scratch.finish(content, folder);
        }
        progress.done();
    }

    /// Returns the program that would fetch a package; empty if there is none on the `PATH`.
    public Optional<Path> program() {
        return command.find("npm");
    }

    private Path pack(String name, String version, Path folder, Cancellation cancellation) {
        Path npm =
                program()
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.UNAVAILABLE,
                                        "Found no npm on the PATH; install Node.js, or set"
                                                + " POLYMNIA_LLAMA_HOME to a llama.cpp of"
                                                + " your own."));
        List<String> line =
                List.of(
                        npm.toString(),
                        "pack",
                        name + "@" + version,
                        "--pack-destination",
                        folder.toString(),
                        "--ignore-scripts",
                        "--no-update-notifier",
                        // Not --silent, which would hide why it failed.
                        "--loglevel=error");
        Command.Result result = command.run(line, folder, cancellation);
        if (result.exitCode() != 0) {
            throw failed(name, version, "npm ended with " + result.exitCode(), result.output());
        }
        return archive(folder)
                .orElseThrow(() ->
                        failed(name, version, "npm ended well but left no .tgz", result.output()));
    }

    private static Optional<Path> archive(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz")).findFirst();
        } catch (IOException e) {
            throw CacheFolder.notWritable(folder, e);
        }
    }

    private static void check(Path archive, String title, String integrity) {
        String expected =
                integrity.startsWith(ALGORITHM)
                        ? integrity.substring(ALGORITHM.length())
                        : integrity;
        String actual = sha512(archive);
        if (!actual.equals(expected)) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The npm package "
                            + title
                            + " has the integrity sha512-"
                            + actual
                            + " instead of sha512-"
                            + expected
                            + ". Nothing was kept; check npm's registry setting and try again.");
        }
    }

    private static String sha512(Path archive) {
        MessageDigest digest = MessageDigests.sha512();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(archive)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE, "Cannot read " + archive + ": " + e.getMessage(), e);
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static void require(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not an npm " + what);
        }
    }

    private static Fault failed(String name, String version, String reason, String output) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "Could not download the npm package "
                        + name
                        + " "
                        + version
                        + " ("
                        + reason
                        + ": "
                        + output
                        + "). Check the network and npm's configuration, then try again.");
    }
}
