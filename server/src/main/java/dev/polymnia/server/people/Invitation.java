package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lets somebody in once, who chooses a name, and a password or an account elsewhere.
///
/// @param id unique
/// @param person who is there already and lost the way in; null for somebody new
/// @param role that they get
/// @param expires when it ends
public record Invitation(
        String id, @Nullable String person, Role role, Instant created, Instant expires) {
    private static final Duration LASTS = Duration.ofDays(7);

    /// Checks the parts.
    public Invitation {
        requireNonNull(id, "id is null");
        requireNonNull(role, "role is null");
        requireNonNull(created, "created is null");
        requireNonNull(expires, "expires is null");
    }

    /// Returns a new one.
    ///
    /// @param person null for somebody new
    public static Invitation create(@Nullable String person, Role role, Instant now) {
        return new Invitation(
                "invitation-" + UUID.randomUUID(), person, role, now, now.plus(LASTS));
    }

    /// Returns whether it has ended.
    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }
}
