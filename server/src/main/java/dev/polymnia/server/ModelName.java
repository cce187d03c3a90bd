package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What clients call the model: by its name, by a mode, or by both with a colon between them:
/// `qwen2.5-coder-1.5b`, `contemplating`, `qwen2.5-coder-1.5b:contemplating`.
///
/// @param mode that the name says; empty if it says none
record ModelName(Optional<Mode> mode) {
    /// Reads a name.
    ///
    /// @throws Fault `NOT_FOUND` if it is not one of the [names][#all]
    static ModelName of(String name, ModelInfo model) {
        if (name.equals(model.name())) {
            return new ModelName(Optional.empty());
        }
        return Stream.of(Mode.values())
                .filter(mode ->
                        name.equals(mode.word()) || name.equals(model.name() + ":" + mode.word()))
                .findFirst()
                .map(mode -> new ModelName(Optional.of(mode)))
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "There is no model '%s'; there are: %s."
                                        .formatted(name, String.join(", ", all(model)))));
    }

    /// Returns the names of a model that say which one it is.
    static List<String> own(ModelInfo model) {
        List<String> names = new ArrayList<>();
        names.add(model.name());
        for (Mode mode : Mode.values()) {
            names.add(model.name() + ":" + mode.word());
        }
        return names;
    }

    /// Returns all names of a model.
    static List<String> all(ModelInfo model) {
        List<String> names = own(model);
        for (Mode mode : Mode.values()) {
            names.add(mode.word());
        }
        return List.copyOf(names);
    }
}
