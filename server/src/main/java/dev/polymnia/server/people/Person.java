package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/// Somebody who shares a server.
///
/// @param id unique, and never given again
/// @param name as the others read it; no two look alike
/// @param remembers whether what they wrote down about themselves is given to those who answer
public record Person(String id, PersonName name, Role role, Instant created, boolean remembers) {
    /// Checks the parts.
    public Person {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(role, "role is null");
        requireNonNull(created, "created is null");
    }

    /// Returns somebody new.
    public static Person create(PersonName name, Role role, Instant now) {
        return new Person("person-" + UUID.randomUUID(), name, role, now, true);
    }

    /// Returns this person under another name.
    public Person withName(PersonName value) {
        return new Person(id, value, role, created, remembers);
    }

    /// Returns this person in another role.
    public Person withRole(Role value) {
        return new Person(id, name, value, created, remembers);
    }

    /// Returns this person with their memory on or off.
    public Person withMemory(boolean on) {
        return new Person(id, name, role, created, on);
    }
}
