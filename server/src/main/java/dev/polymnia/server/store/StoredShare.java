package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A link by which others read a conversation, up to a message.
///
/// @param id unique
/// @param message the last that they read
/// @param expires when it ends
public record StoredShare(
        String id, String conversation, String message, Instant created, Instant expires) {
    /// Checks the parts.
    public StoredShare {
        requireNonNull(id, "id is null");
        requireNonNull(conversation, "conversation is null");
        requireNonNull(message, "message is null");
        requireNonNull(created, "created is null");
        requireNonNull(expires, "expires is null");
    }
}
