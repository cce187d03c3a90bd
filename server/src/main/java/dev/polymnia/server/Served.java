package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.model.ModelInfo;
import java.util.Set;

/// One of the models that a server answers with.
///
/// @param assistant answers with it; stays the caller's, who closes its model after the server
/// @param model what answers; no two of a server have one name
/// @param hosts where it is asked, if it is not on this machine; empty if it is
public record Served(Assistant assistant, ModelInfo model, Set<String> hosts) {
    /// Checks the parts.
    public Served {
        requireNonNull(assistant, "assistant is null");
        requireNonNull(model, "model is null");
        hosts = Set.copyOf(hosts);
    }

    /// Creates a model of this machine.
    public Served(Assistant assistant, ModelInfo model) {
        this(assistant, model, Set.of());
    }
}
