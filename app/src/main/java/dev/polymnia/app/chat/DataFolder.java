package dev.polymnia.app.chat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The folder of what people made and nobody can fetch again: their conversations.
///
/// @param root absolute; need not exist yet
record DataFolder(Path root) {
    private static final String OWN = "POLYMNIA_DATA";

    DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    static DataFolder ofThisMachine() {
        return of(System.getenv(), System.getProperties());
    }

    /// Returns the folder that an environment asks for: `POLYMNIA_DATA` if it is set, else
    /// `polymnia` in the platform's folder for a person's data (XDG base directory specification on
    /// Linux).
    static DataFolder of(Map<String, String> environment, Properties system) {
        Optional<Path> own = folder(environment, OWN);
        if (own.isPresent()) {
            return new DataFolder(own.get());
        }
        Path home =
                folder(environment, "HOME")
                        .filter(Path::isAbsolute)
                        .orElse(Path.of(system.getProperty("user.home", ".")));
        String os = system.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return new DataFolder(userData(environment, home, os).resolve("polymnia"));
    }

    Path conversations() {
        return root.resolve("conversations");
    }

    /// Returns the file of the lines that were typed.
    Path history() {
        return root.resolve("history");
    }

    private static Path userData(Map<String, String> environment, Path home, String os) {
        if (os.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support");
        }
        if (os.startsWith("windows")) {
            return folder(environment, "APPDATA")
                    .orElse(home.resolve("AppData").resolve("Roaming"));
        }
        return folder(environment, "XDG_DATA_HOME")
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".local").resolve("share"));
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }
}
