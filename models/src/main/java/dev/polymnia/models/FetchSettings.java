package dev.polymnia.models;

import java.nio.file.Path;
import java.util.Map;

/// What a fetch depends on besides the model.
///
/// @param environment names the hub, proxies, and the `PATH` on which pip is looked for
/// @param hub how the hub is asked
/// @param pause waits for others
/// @param room tells how much the disk takes
/// @param secureBytes see [Partial#open]
record FetchSettings(
        Map<String, String> environment,
        HubSettings hub,
        Pause pause,
        Room room,
        long secureBytes) {
    FetchSettings {
        environment = Map.copyOf(environment);
    }

    static FetchSettings standard(Map<String, String> environment) {
        return new FetchSettings(
                environment, HubSettings.standard(), Pause.REAL, Room.REAL, Partial.SECURE_BYTES);
    }

    /// Free space.
    interface Room {
        /// Asks the disk.
        Room REAL = path -> path.resolveSibling("").toFile().getUsableSpace();

        /// Returns how many bytes fit beside a file; 0 if that is not known.
        long free(Path file);
    }
}
