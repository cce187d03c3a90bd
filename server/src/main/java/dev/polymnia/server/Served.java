package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.model.ModelInfo;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// One of the models that a server answers with.
///
/// @param assistant answers with it; stays the caller's, who closes its model after the server
/// @param model what answers; no two of a server have one name
/// @param hosts where it is asked, if it is not on this machine; empty if it is
/// @param titles whether it writes the titles of conversations, as things are; the first of a
///   server that does is asked
public record Served(
        Assistant assistant, ModelInfo model, Set<String> hosts, BooleanSupplier titles) {
    /// Checks the parts.
    public Served {
        requireNonNull(assistant, "assistant is null");
        requireNonNull(model, "model is null");
        hosts = Set.copyOf(hosts);
        requireNonNull(titles, "titles is null");
    }

    /// Creates a model that writes no titles.
    public Served(Assistant assistant, ModelInfo model, Set<String> hosts) {
        this(assistant, model, hosts, () -> false);
    }

    /// Creates a model of this machine that writes no titles.
    public Served(Assistant assistant, ModelInfo model) {
        this(assistant, model, Set.of());
    }
}
