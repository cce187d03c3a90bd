package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The folder in which Polymnia keeps what it fetched. Everything in it can be fetched again.
///
/// Finding it touches no disk; a place that cannot be written to is told of when something is
/// written, because reading from it may still be all that is wanted.
///
/// @param root absolute; need not exist yet
public record CacheFolder(Path root) {
    private static final String OWN = "POLYMNIA_HOME";

    /// Makes the path absolute.
    public CacheFolder {
        root = root.toAbsolutePath().normalize();
    }

    /// Returns the cache folder of the user who runs this program.
    public static CacheFolder ofThisMachine() {
        return of(System.getenv(), System.getProperties());
    }

    /// Returns the cache folder that an environment asks for: `POLYMNIA_HOME` if it is set, else
    /// `polymnia` in the platform's cache folder of the user.
    ///
    /// @param environment looked up: `POLYMNIA_HOME`, `XDG_CACHE_HOME`, `LOCALAPPDATA`, `HOME`
    /// @param system looked up: `os.name`, `user.home`
    public static CacheFolder of(Map<String, String> environment, Properties system) {
        Optional<Path> own = folder(environment, OWN);
        if (own.isPresent()) {
            return new CacheFolder(own.get());
        }
        // Java takes user.home from the user database; whoever sets HOME means it.
        Path home =
                folder(environment, "HOME")
                        .filter(Path::isAbsolute)
                        .orElse(Path.of(system.getProperty("user.home", ".")));
        String os = system.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return new CacheFolder(userCache(environment, home, os).resolve("polymnia"));
    }

    /// Returns the folder of the model files.
    public Path models() {
        return root.resolve("models");
    }

    /// Returns the folder of the native libraries.
    public Path libraries() {
        return root.resolve("libraries");
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

    private static Path userCache(Map<String, String> environment, Path home, String os) {
        if (os.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        if (os.startsWith("windows")) {
            return folder(environment, "LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"));
        }
        // The XDG base directory specification says that a relative path is to be ignored.
        return folder(environment, "XDG_CACHE_HOME")
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".cache"));
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        // The message of these exceptions is often the bare path, which is said already.
        return cause.getClass().getSimpleName();
    }
}
