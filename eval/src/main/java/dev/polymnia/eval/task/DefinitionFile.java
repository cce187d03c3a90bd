package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// A definition file, one of Polymnia's own or a user's, and the prompt files it names.
///
/// @param name of the file, for messages
/// @param text all of it
/// @param folder where a user's file lies; empty for one of Polymnia's own
record DefinitionFile(String name, String text, Optional<Path> folder) {
    private static final String PROMPTS = "prompts/";

    /// Returns one of Polymnia's own.
    ///
    /// @param name without its ending
    /// @throws Fault with `INTERNAL` if there is none
    static DefinitionFile builtIn(String name) {
        String file = name + ".yaml";
        return new DefinitionFile(
                file,
                resource(file)
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.INTERNAL,
                                        "The definition " + file + " is missing; install again.")),
                Optional.empty());
    }

    /// Returns a user's.
    ///
    /// @throws Fault with `INVALID` if it is not UTF-8, `UNAVAILABLE` if it cannot be read
    static DefinitionFile of(Path file) {
        return new DefinitionFile(
                file.toString(),
                read(file),
                Optional.ofNullable(file.toAbsolutePath().getParent()));
    }

    /// Returns whether it is JSON rather than YAML.
    boolean isJson() {
        return name.endsWith(".json");
    }

    /// Returns the text of a prompt file: one beside the definition, or one of Polymnia's own.
    /// White space at its end is left out.
    ///
    /// @param prompt its name
    /// @throws Fault with `INVALID` if there is none or it is not UTF-8, `UNAVAILABLE` if it cannot
    ///   be read
    String prompt(String prompt) {
        return beside(prompt)
                .or(() ->
                        prompt.contains("/")
                                ? Optional.<String>empty()
                                : resource(PROMPTS + prompt))
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.INVALID,
                                "The task definition %s: there is no prompt file '%s'."
                                        .formatted(name, prompt)))
                .stripTrailing();
    }

    private Optional<String> beside(String prompt) {
        try {
            return folder.map(place -> place.resolve(prompt))
                    .filter(Files::isRegularFile)
                    .map(DefinitionFile::read);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String read(Path file) {
        try {
            return Utf8.decode(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The file %s cannot be read: %s.".formatted(file, e.getMessage()),
                    e);
        }
    }

    private static Optional<String> resource(String path) {
        try (InputStream in = DefinitionFile.class.getResourceAsStream(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(Utf8.decode(path, in.readAllBytes()));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The file %s of Polymnia cannot be read: %s.".formatted(path, e.getMessage()),
                    e);
        }
    }
}
