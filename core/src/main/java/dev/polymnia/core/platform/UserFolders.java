package dev.polymnia.core.platform;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The folders in which the platform wants a person's files. None of them need exist.
///
/// @param home the person's own
/// @param cache for what can be fetched again
/// @param data for what they made
public record UserFolders(Path home, Path cache, Path data) {
    /// Returns the folders of the person who runs this program.
    public static UserFolders ofThisMachine() {
        return of(System.getenv(), System.getProperties());
    }

    /// Returns the folders that an environment asks for: those of the XDG base directory
    /// specification, unless the platform is macOS or Windows.
    ///
    /// @param environment looked up: `HOME`, `XDG_CACHE_HOME`, `XDG_DATA_HOME`, `LOCALAPPDATA`,
    ///   `APPDATA`
    /// @param system looked up: `os.name`, `user.home`
    public static UserFolders of(Map<String, String> environment, Properties system) {
        // Java takes user.home from the user database; whoever sets HOME means it.
        Path home =
                absolute(environment, "HOME").orElse(Path.of(system.getProperty("user.home", ".")));
        String os = system.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            Path library = home.resolve("Library");
            return new UserFolders(
                    home, library.resolve("Caches"), library.resolve("Application Support"));
        }
        if (os.startsWith("windows")) {
            Path own = home.resolve("AppData");
            return new UserFolders(
                    home,
                    named(environment, "LOCALAPPDATA").orElse(own.resolve("Local")),
                    named(environment, "APPDATA").orElse(own.resolve("Roaming")));
        }
        // The specification says that a relative path is to be ignored.
        return new UserFolders(
                home,
                absolute(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache")),
                absolute(environment, "XDG_DATA_HOME")
                        .orElse(home.resolve(".local").resolve("share")));
    }

    /// Returns the folder that a variable names; empty if it is blank or not set.
    public static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> absolute(Map<String, String> environment, String variable) {
        return named(environment, variable).filter(Path::isAbsolute);
    }
}
