package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A browser in which a person is signed in.
///
/// @param id unique
/// @param person whose it is
/// @param client what the browser says it is, for the person to know it by
/// @param used when it was last used, to a minute
public record Session(String id, String person, String client, Instant created, Instant used) {
    /// How long one lasts that is not used.
    public static final Duration IDLE = Duration.ofDays(30);

    /// How long one lasts at all.
    public static final Duration LONGEST = Duration.ofDays(180);

    private static final int LONGEST_CLIENT = 120;

    /// Checks the parts.
    public Session {
        requireNonNull(id, "id is null");
        requireNonNull(person, "person is null");
        client = client.replaceAll("[^ -~]", "?");
        client = client.substring(0, Math.min(LONGEST_CLIENT, client.length()));
        requireNonNull(created, "created is null");
        requireNonNull(used, "used is null");
    }

    /// Returns a new one.
    public static Session create(String person, String client, Instant now) {
        return new Session("session-" + UUID.randomUUID(), person, client, now, now);
    }

    /// Returns whether it has ended.
    public boolean isOver(Instant now) {
        return !now.isBefore(used.plus(IDLE)) || !now.isBefore(created.plus(LONGEST));
    }
}
