package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A file of a conversation as the store knows it, without what is in it.
///
/// @param id unique
/// @param conversation that it is of
/// @param person whose it is; empty for the operator
/// @param name a label, never a path
/// @param type the media type that its bytes were found to have
/// @param size in bytes
/// @param digest SHA-256 of its bytes, in hexadecimal digits
public record StoredFile(
        String id,
        String conversation,
        String person,
        String name,
        String type,
        long size,
        String digest,
        Instant created) {
    /// Checks the parts.
    public StoredFile {
        requireNonNull(id, "id is null");
        requireNonNull(conversation, "conversation is null");
        requireNonNull(person, "person is null");
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(created, "created is null");
    }
}
