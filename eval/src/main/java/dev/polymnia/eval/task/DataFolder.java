package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The folder with the user's copies of data sets. Nothing outside of it is read, unless a link
/// within it leads there.
///
/// @param path the folder
record DataFolder(Path path) {
    /// Reads a file.
    ///
    /// @param name its path below the folder
    /// @throws Fault with `INVALID` if there is none or it lies outside, `UNAVAILABLE` if it cannot
    ///   be read
    byte[] bytes(String name) {
        Path file = resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    ("There is no file '%s' in the data folder %s; put it there, or name another"
                                    + " folder with --data.")
                            .formatted(name, path));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The data file %s cannot be read: %s.".formatted(file, e.getMessage()),
                    e);
        }
    }

    private Path resolve(String name) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Path file = folder.resolve(name).normalize();
            if (!file.startsWith(folder)) {
                throw new InvalidPathException(name, "it lies outside of the data folder");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "'%s' does not name a data file: %s.".formatted(name, e.getReason()),
                    e);
        }
    }
}
