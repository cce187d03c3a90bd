package dev.polymnia.app;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keys that are given to an option: as they are, or as the name of a file that holds them, which
/// keeps them out of the list of processes.
final class KeyFile {
    private KeyFile() {}

    /// Returns what was given, without white space around it.
    ///
    /// @param given the words, or `@` and the name of a file
    /// @throws Fault `NOT_FOUND` if the file cannot be read
    static String read(String given) {
        if (!given.startsWith("@")) {
            return given.strip();
        }
        Path file = Path.of(given.substring(1));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "The file of the key, "
                            + file
                            + ", cannot be read; check its name and its rights.",
                    e);
        }
    }
}
