package dev.polymnia.models;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.UserFolders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The folder in which Polymnia keeps what it fetched, and what it made of that. Everything in it
/// can be fetched or made again.
///
/// Finding it touches no disk; a place that cannot be written to is told of when something is
/// written, because reading from it may still be all that is wanted.
///
/// An installation may bring models and libraries along in a folder of its own. That one is looked
/// into first and never written to.
///
/// @param root absolute; need not exist yet
/// @param bundle what the installation brought: a folder with `models` and `libraries`; absolute
public record CacheFolder(Path root, Optional<Path> bundle) {
    private static final String OWN = "POLYMNIA_HOME";
    private static final String BUNDLE = "polymnia.bundle";
    private static final String MODELS = "models";
    private static final String LIBRARIES = "libraries";
    private static final String MEASUREMENTS = "measurements";
    private static final String TUNED = "tuned";

    /// Makes the paths absolute.
    public CacheFolder {
        root = root.toAbsolutePath().normalize();
        bundle = bundle.map(folder -> folder.toAbsolutePath().normalize());
    }

    /// Creates a cache folder of an installation that brought nothing along.
    public CacheFolder(Path root) {
        this(root, Optional.empty());
    }

    /// Returns the cache folder of the user who runs this program.
    public static CacheFolder ofThisMachine() {
        return of(System.getenv(), System.getProperties());
    }

    /// Returns the cache folder that an environment asks for: `POLYMNIA_HOME` if it is set, else
    /// `polymnia` in the platform's cache folder of the user.
    ///
    /// @param environment looked up: `POLYMNIA_HOME`, and what [UserFolders] looks up
    /// @param system looked up: what [UserFolders] looks up, and `polymnia.bundle`, which the
    ///   launcher of an installation sets
    public static CacheFolder of(Map<String, String> environment, Properties system) {
        Optional<Path> bundle =
                Optional.of(system.getProperty(BUNDLE, ""))
                        .filter(text -> !text.isBlank())
                        .map(Path::of);
        Path root =
                UserFolders.named(environment, OWN)
                        .orElseGet(() ->
                                UserFolders.of(environment, system).cache().resolve("polymnia"));
        return new CacheFolder(root, bundle);
    }

    /// Returns the folder of the model files.
    public Path models() {
        return root.resolve(MODELS);
    }

    /// Returns the folder of the model files that the installation brought; empty if it did not.
    public Optional<Path> bundledModels() {
        return bundle.map(folder -> folder.resolve(MODELS));
    }

    /// Returns the folder of the models' tuned copies.
    public Path tuned() {
        return root.resolve(TUNED);
    }

    /// Returns the folder of the native libraries.
    public Path libraries() {
        return root.resolve(LIBRARIES);
    }

    /// Returns the folder of the native libraries that the installation brought; empty if it did
    /// not.
    public Optional<Path> bundledLibraries() {
        return bundle.map(folder -> folder.resolve(LIBRARIES));
    }

    /// Returns the folder of what was measured on this machine.
    public Path measurements() {
        return root.resolve(MEASUREMENTS);
    }

    /// Makes a folder and its parents unless they are there.
    ///
    /// @throws Fault with `UNAVAILABLE` if that is not possible
    static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /// Returns what to say when a folder cannot be written to.
    static Fault notWritable(Path folder, IOException cause) {
        if (saysFull(String.valueOf(cause.getMessage()))) {
            return full(folder, cause);
        }
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "Cannot write to "
                        + folder
                        + ": "
                        + reason(cause)
                        + ". Make it writable and see that the disk is not full, or set "
                        + OWN
                        + " to another folder.",
                cause);
    }

    /// Returns whether a message says that a disk is full, ours or that of a program we ran.
    static boolean saysFull(String message) {
        return message.contains("No space left")
                || message.contains("not enough space")
                || message.contains("Disk quota exceeded");
    }

    /// Returns what to say when a disk has become full.
    static Fault full(Path folder, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The disk of "
                        + folder
                        + " is full. What was fetched so far is kept: make room and try again, or"
                        + " set "
                        + OWN
                        + " to a folder on another disk.",
                cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        // The message of these exceptions is often the bare path, which is said already.
        return cause.getClass().getSimpleName();
    }
}
