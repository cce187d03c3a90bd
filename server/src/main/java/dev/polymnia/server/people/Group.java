package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// People who spend together: a quota of theirs is for all of them.
///
/// @param id unique
/// @param people ids
public record Group(String id, PersonName name, Set<String> people, Instant created) {
    /// Copies and checks the parts.
    public Group {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        people = Set.copyOf(people);
        requireNonNull(created, "created is null");
    }

    /// Returns a new one.
    public static Group create(PersonName name, Set<String> people, Instant now) {
        return new Group("group-" + UUID.randomUUID(), name, people, now);
    }
}
