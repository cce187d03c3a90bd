package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.model.ModelInfo;

/// One of the models that a server answers with.
///
/// @param assistant answers with it; stays the caller's, who closes its model after the server
/// @param model what answers; no two of a server have one name
public record Served(Assistant assistant, ModelInfo model) {
    /// Checks the parts.
    public Served {
        requireNonNull(assistant, "assistant is null");
        requireNonNull(model, "model is null");
    }
}
