package dev.polymnia.app;

import static java.util.stream.Collectors.joining;

import dev.polymnia.app.chat.PrivateFiles;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which models owners let answer, so that they do after the next start, too: a file with a name in
/// each line. Confined to one thread.
///
/// @param file need not exist yet
record ChosenModels(Path file) {
    /// Returns the names, in the order in which they were chosen.
    ///
    /// @throws Fault `UNAVAILABLE` if the file cannot be read
    Set<String> names() {
        if (!Files.exists(file)) {
            return new LinkedHashSet<>();
        }
        try {
            Set<String> names = new LinkedHashSet<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    names.add(line.strip());
                }
            }
            return names;
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    /// Remembers a model.
    ///
    /// @throws Fault `UNAVAILABLE` if the file cannot be written
    void add(String name) {
        Set<String> names = names();
        if (names.add(name)) {
            write(names);
        }
    }

    /// Forgets a model.
    ///
    /// @throws Fault `UNAVAILABLE` if the file cannot be written
    void remove(String name) {
        Set<String> names = names();
        if (names.remove(name)) {
            write(names);
        }
    }

    private void write(Set<String> names) {
        try {
            PrivateFiles.write(file, names.stream().map(name -> name + "\n").collect(joining()));
        } catch (IOException e) {
            throw unavailable("written", e);
        }
    }

    private Fault unavailable(String what, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "The list of the models that answer, %s, cannot be %s: %s"
                        .formatted(file, what, cause.getMessage()),
                cause);
    }
}
