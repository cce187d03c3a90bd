package dev.polymnia.app.chat;

import dev.polymnia.core.platform.UserFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// The folder of what people made and nobody can fetch again: their conversations, the profiles
/// that they had calibrated, the prices of their endpoints.
///
/// @param root absolute; need not exist yet
public record DataFolder(Path root) {
    private static final String OWN = "POLYMNIA_DATA";

    /// Makes the path absolute.
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /// Returns the folder of the person who runs this program.
    public static DataFolder ofThisMachine() {
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

    /// Returns the file of a model's profile.
    ///
    /// @param model its name, or the path of its file
    public Path profile(String model) {
        return root.resolve("profiles").resolve(model.replaceAll("[^A-Za-z0-9._-]", "_") + ".toml");
    }

    /// Returns the file of what endpoints take.
    public Path prices() {
        return root.resolve("prices.toml");
    }

    /// Returns the file of the lines that were typed.
    Path history() {
        return root.resolve("history");
    }
}
