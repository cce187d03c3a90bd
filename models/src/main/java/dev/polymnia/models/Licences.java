package dev.polymnia.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Tells a person about the licence of a model before it is fetched, once for each licence. Which
/// were told is kept in a file beside the models. Used by the holder of a [FetchLock].
final class Licences {
    private final Path told;

    /// @param folder of the models
    Licences(Path folder) {
        told = folder.resolve(".licences");
    }

    void show(CatalogueEntry entry, Progress progress) {
        String licence = entry.licence();
        try {
            List<String> known = Files.exists(told) ? Files.readAllLines(told) : List.of();
            if (known.contains(licence)) {
                return;
            }
            progress.note(
                    "%s comes under the licence %s: https://spdx.org/licenses/%s.html"
                            .formatted(entry.title(), licence, licence));
            Files.writeString(
                    told,
                    licence + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw CacheFolder.notWritable(told, e);
        }
    }
}
