package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import dev.polymnia.server.people.Spender;

/// An answer that can be asked for by its id, and be gone on from.
///
/// @param id unique; that of its run, if the run began with it
/// @param spender whose it is
/// @param run that it is of
/// @param request what was asked, as JSON
/// @param body the answer as its client sees it, as JSON
public record StoredResponse(String id, Spender spender, String run, String request, String body) {
    /// Checks the parts.
    public StoredResponse {
        requireNonNull(id, "id is null");
        requireNonNull(spender, "spender is null");
        requireNonNull(run, "run is null");
        requireNonNull(request, "request is null");
        requireNonNull(body, "body is null");
    }

    /// Returns whether its request is the one that its run keeps anyway.
    boolean beginsRun() {
        return id.equals(run);
    }
}
