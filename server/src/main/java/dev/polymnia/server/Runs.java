package dev.polymnia.server;

import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.RunLog;
import dev.polymnia.server.store.RunState;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The runs of a server, as objects; those that a request waits for it records. Thread-safe.
final class Runs {
    /// How long a request about a run waits for what is being committed.
    static final Duration COMMIT = Duration.ofSeconds(1);

    /// How long one waits for the end of a run that is cancelled.
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final RunStore store;
    private final BackgroundRuns background;
    private final Quotas quotas;

    /// Those that a request waits for.
    private final Map<String, RunRequest> foreground = new ConcurrentHashMap<>();

    /// @param store keeps the runs; stays the caller's
    /// @param background those for which no request waits; stay the caller's
    /// @param quotas hold for all of them
    Runs(RunStore store, BackgroundRuns background, Quotas quotas) {
        this.store = store;
        this.background = background;
        this.quotas = quotas;
    }

    RunStore store() {
        return store;
    }

    BackgroundRuns background() {
        return background;
    }

    /// Records what a request waits for, unless its client wants it forgotten. What goes wrong with
    /// the store is logged and does not touch the run.
    ///
    /// @param spender whose it is
    /// @param asked the model, as the client named it
    /// @param body as it was sent
    Recording record(Spender spender, String asked, Leg leg, JsonNode body) {
        if (!RunRecords.areWanted(body)) {
            return Recording.NONE;
        }
        RunRequest request = leg.request();
        foreground.put(request.run(), request);
        return new Recording(
                () -> log(spender, asked, leg, body), () -> foreground.remove(request.run()));
    }

    private Optional<RunLog> log(Spender spender, String asked, Leg leg, JsonNode body) {
        RunRequest request = leg.request();
        if (!leg.goesOn()) {
            return Optional.of(
                    store.begin(
                            RunRecords.begun(spender, asked, request, body, false),
                            Duration.ZERO,
                            _ -> {}));
        }
        try {
            // Its client may be faster than the commit of what it answers.
            return store.isLeft(request.run(), COMMIT)
                    ? store.find(request.run())
                            .filter(run -> run.state() == RunState.WAITING)
                            .map(run -> store.again(run, Duration.ZERO, _ -> {}))
                    : Optional.empty();
        } catch (Fault fault) {
            System.getLogger("polymnia")
                    .log(System.Logger.Level.WARNING, fault.getMessage(), fault);
            return Optional.empty();
        }
    }

    /// Returns a run.
    ///
    /// @throws Fault `NOT_FOUND` if there is none of that name that the caller sees
    StoredRun find(Caller caller, String id) {
        Optional<RunLog> live = store.live(id);
        Optional<StoredRun> run = store.find(id);
        // Its client may have the answer before the record is committed.
        if (run.isEmpty() && live.isPresent() && live.get().awaitNews(0, COMMIT)) {
            run = store.find(id);
        }
        return run.filter(it -> caller.sees(it.spender()))
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.NOT_FOUND,
                                "There is no run '%s'; GET /v1/runs lists them.".formatted(id)));
    }

    /// Returns the runs that a caller sees, the newest first.
    ///
    /// @param after null for the newest
    /// @throws Fault `NOT_FOUND` if there is no run to begin after
    List<StoredRun> newest(Caller caller, int limit, @Nullable String after) {
        if (after != null) {
            find(caller, after);
        }
        return store.newest(caller.sees(), limit, after);
    }

    /// Returns the best answer so far of a run in the background; empty if there is none, or the
    /// run is over.
    Optional<Outcome> best(String id) {
        return background.atWork(id).flatMap(BackgroundRun::best);
    }

    /// Asks a run to end with its best answer so far. Does nothing to one that is over.
    ///
    /// @throws ApiError if a request waits for the run
    void finish(String id) {
        Optional<BackgroundRun> run = background.atWork(id);
        if (run.isPresent()) {
            run.get().finish();
        } else if (foreground.containsKey(id)) {
            throw ApiError.refused(
                    409,
                    "not_in_background",
                    "A request waits for the run '%s'; only runs in the background can be finished early. It can be cancelled."
                            .formatted(id));
        }
    }

    /// Asks a team at work for one more wave of agents. Does nothing to a run that is over.
    ///
    /// @throws ApiError if a request waits for the run, or it has not begun
    /// @throws Fault `INVALID` if it has no team, `BUDGET_SPENT` if its budget allows no more
    ///   agents
    void more(String id) {
        atWork(id, "the number of agents of a run").ifPresent(BackgroundRun::more);
    }

    /// Returns a run at work in the background; empty if it is over.
    ///
    /// @param what is changed of it
    private Optional<BackgroundRun> atWork(String id, String what) {
        Optional<BackgroundRun> run = background.atWork(id);
        if (run.isEmpty() && (foreground.containsKey(id) || background.isWaiting(id))) {
            throw ApiError.refused(
                    409,
                    "not_at_work",
                    "The run '%s' waits for its place, or a request waits for it; only %s that is at work in the background can be raised."
                            .formatted(id, what));
        }
        return run;
    }

    /// Returns the limits of a run in the background; empty if it has not begun, or is over.
    Optional<Budget> budget(String id) {
        return background.atWork(id).map(BackgroundRun::budget);
    }

    /// Raises the limits of a run, as far as quotas allow. Does nothing to one that is over.
    ///
    /// @param limits what is wanted, for the present ones
    /// @throws ApiError if one of them is lower than it was, a request waits for the run, or it has
    ///   not begun
    void raise(String id, UnaryOperator<Budget> limits) {
        atWork(id, "the budget of a run")
                .ifPresent(run -> raise(id, run, limits.apply(run.budget())));
    }

    private void raise(String id, BackgroundRun run, Budget wanted) {
        Budget present = run.budget();
        if (!wanted.equals(wanted.raisedTo(present))) {
            throw ApiError.field(
                    "tokens",
                    "The budget is %s; it can be raised and not lowered."
                            .formatted(RunObjects.words(present)));
        }
        quotas.raise(id, wanted);
        run.raise(wanted);
    }

    /// Removes a run that is over with all its events, if the caller sees it.
    ///
    /// @throws ApiError if it is not over
    /// @throws Fault `NOT_FOUND` if there is none of that name, `UNAVAILABLE` if the store cannot
    ///   be written
    void delete(Caller caller, String id) {
        StoredRun run = find(caller, id);
        if (!store.isLeft(id, COMMIT) || !find(caller, id).state().isOver()) {
            throw ApiError.refused(
                    409,
                    "at_work",
                    "The run '%s' is %s; cancel it before it is deleted."
                            .formatted(id, run.state().word()));
        }
        store.delete(id);
    }

    /// Ends a run, and waits for its end. Does nothing to one that is over.
    ///
    /// @throws Fault `UNAVAILABLE` if the end is not committed in time
    void end(String id) {
        cancel(id);
        Optional<RunLog> log = store.live(id);
        if (log.isPresent() && !log.get().awaitNews(Long.MAX_VALUE, LONGEST_END)) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The run '%s' is cancelled, but has not ended yet; ask again.".formatted(id));
        }
    }

    /// Ends all runs of a person, and waits for their ends.
    ///
    /// @throws Fault as [#end]
    void endAll(String person) {
        store.unfinished().stream()
                .filter(run -> run.spender().person().equals(person))
                .forEach(run -> end(run.id()));
        // Those that ended with an answer have begun with them.
        background.endTitles(person);
    }

    /// Asks a run to end. Does nothing to one that is over.
    void cancel(String id) {
        Optional.ofNullable(foreground.get(id))
                .ifPresentOrElse(
                        request -> request.cancellation().request(), () -> background.cancel(id));
    }
}
