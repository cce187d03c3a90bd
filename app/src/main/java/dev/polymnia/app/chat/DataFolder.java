package dev.polymnia.app.chat;

import dev.polymnia.core.platform.UserFolders;
import java.nio.file.Path;
import java.util.Map;
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
    /// `polymnia` in the platform's folder for a person's data.
    static DataFolder of(Map<String, String> environment, Properties system) {
        return new DataFolder(
                UserFolders.named(environment, OWN)
                        .orElseGet(() ->
                                UserFolders.of(environment, system).data().resolve("polymnia")));
    }

    Path conversations() {
        return root.resolve("conversations");
    }

    /// Returns the file of the lines that were typed.
    Path history() {
        return root.resolve("history");
    }
}
