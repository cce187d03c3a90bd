package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

/// An event that is committed.
///
/// @param id its place in the log of its run, from 1, without gaps; what comes later has a greater
///   one
/// @param json the event
public record StoredEvent(long id, String json) {
    /// Checks the parts.
    public StoredEvent {
        requireNonNull(json, "json is null");
    }
}
