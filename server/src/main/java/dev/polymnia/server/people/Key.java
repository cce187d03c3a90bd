package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key of a person's, for one of their programs.
///
/// @param id unique
/// @param person whose it is
/// @param name what it is for, as its person calls it
/// @param prefix how its secret begins
/// @param expires when it ends; null for never
/// @param used when it was last used, to a minute; null if it never was
public record Key(
        String id,
        String person,
        String name,
        String prefix,
        Scope scope,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant used) {
    /// Checks the parts.
    public Key {
        requireNonNull(id, "id is null");
        requireNonNull(person, "person is null");
        requireNonNull(name, "name is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(created, "created is null");
    }

    /// Returns a new key.
    ///
    /// @param secret is not part of it
    public static Key create(
            String person,
            String name,
            Secret secret,
            Scope scope,
            Instant now,
            @Nullable Instant expires) {
        return new Key(
                "key-" + UUID.randomUUID(),
                person,
                name,
                secret.prefix(),
                scope,
                now,
                expires,
                null);
    }

    /// Returns whether it has ended.
    public boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
