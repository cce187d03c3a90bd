package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a quota stands.
///
/// @param spent in its window, or runs at work
/// @param reserved by runs at work; they may give some of it back
/// @param renewed when the window ends; null where there is none
public record Standing(Quota quota, long spent, long reserved, @Nullable Instant renewed) {
    /// Checks the parts.
    public Standing {
        requireNonNull(quota, "quota is null");
    }

    /// Returns what is left for another run.
    public long left() {
        return Math.max(0, quota.limit() - spent - reserved);
    }
}
