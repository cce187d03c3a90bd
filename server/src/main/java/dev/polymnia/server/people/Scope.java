package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import java.util.Set;

/// What a key may be used for.
///
/// @param models names of models; empty for all
/// @param modes empty for all
/// @param tools whether requests may bring tools
/// @param manages whether it stands for its person in all that is no asking: keys, runs of others
///   of their keys, and for an owner the household
public record Scope(Set<String> models, Set<Mode> modes, boolean tools, boolean manages) {
    /// All that its person may do.
    public static final Scope ALL = new Scope(Set.of(), Set.of(), true, true);

    /// Copies and checks the parts.
    public Scope {
        models = Set.copyOf(requireNonNull(models, "models is null"));
        modes = Set.copyOf(requireNonNull(modes, "modes is null"));
    }

    /// Returns whether a model may be asked.
    public boolean allowsModel(String name) {
        return models.isEmpty() || models.contains(name);
    }

    /// Returns whether a mode may be asked for.
    public boolean allowsMode(Mode mode) {
        return modes.isEmpty() || modes.contains(mode);
    }
}
