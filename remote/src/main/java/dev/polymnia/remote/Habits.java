package dev.polymnia.remote;

import java.util.EnumSet;
import java.util.Set;

/// What has been learned of an endpoint by asking it. Thread-safe.
final class Habits {
    private final Set<Feature> refused = EnumSet.noneOf(Feature.class);
    private int mostTogether;

    /// @param kind what answers there
    Habits(EndpointKind kind) {
        mostTogether = kind.mayAnswerTogether() ? Integer.MAX_VALUE : 1;
        refused.addAll(kind.lacks());
    }

    synchronized boolean takes(Feature feature) {
        return !refused.contains(feature);
    }

    synchronized void refuses(Feature feature) {
        refused.add(feature);
    }

    /// Returns how many answers one call may ask for.
    synchronized int mostTogether() {
        return mostTogether;
    }

    /// Learns that it does not give more answers to one call.
    ///
    /// @param most how many it may give, at least 1
    synchronized void givesAtMost(int most) {
        mostTogether = Math.min(mostTogether, Math.max(1, most));
    }
}
