package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Spender;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run as the store knows it.
///
/// @param id unique
/// @param spender whose it is
/// @param model as its client named it
/// @param background whether it goes on without its client, and is started again after a crash
/// @param request what was asked, as JSON, with the seed
/// @param attempts how often it was started
/// @param ended null as long as it is not over
/// @param result its last event, as JSON; null as long as it is not over
public record StoredRun(
        String id,
        Spender spender,
        Mode mode,
        String model,
        boolean background,
        Instant created,
        String request,
        int attempts,
        RunState state,
        @Nullable Instant ended,
        @Nullable String result) {
    /// Checks the parts.
    public StoredRun {
        requireNonNull(id, "id is null");
        requireNonNull(spender, "spender is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(model, "model is null");
        requireNonNull(created, "created is null");
        requireNonNull(request, "request is null");
        requireNonNull(state, "state is null");
    }

    /// Returns this run at work again: started once more, unless it only waited.
    StoredRun again() {
        return new StoredRun(
                id,
                spender,
                mode,
                model,
                background,
                created,
                request,
                state == RunState.WAITING ? attempts : attempts + 1,
                RunState.RUNNING,
                null,
                null);
    }

    /// Returns a run that begins now.
    public static StoredRun begun(
            String id,
            Spender spender,
            Mode mode,
            String model,
            boolean background,
            Instant created,
            String request) {
        return new StoredRun(
                id,
                spender,
                mode,
                model,
                background,
                created,
                request,
                1,
                RunState.RUNNING,
                null,
                null);
    }
}
