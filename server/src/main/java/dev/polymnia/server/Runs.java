package dev.polymnia.server;

import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.Suspended;
import dev.polymnia.agents.SuspendedRuns;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.store.RunLog;
import dev.polymnia.server.store.RunState;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The runs of a server: those in the background, which it starts and sees to their end, and those
/// that a request waits for, which it records. Thread-safe.
final class Runs implements AutoCloseable {
    /// The most runs in the background at once.
    static final int MOST = 64;

    /// Runs in the background have no client that could run tools.
    private static final SuspendedRuns NONE_WAIT =
            new SuspendedRuns(Clock.SYSTEM, Duration.ZERO, 0);

    /// A run that brings down its server each time is not started for ever.
    private static final int MOST_ATTEMPTS = 3;

    /// Nobody waits for a run in the background, so it rather waits for the database.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How long a request about a run waits for what is being committed.
    private static final Duration COMMIT = Duration.ofSeconds(1);

    private final Models models;
    private final RunStore store;
    private final KeptResponses responses;
    private final Semaphore room = new Semaphore(MOST);
    private final Map<String, BackgroundRun> background = new ConcurrentHashMap<>();

    /// All in the background, those that wait for a place among them.
    private final Map<String, RunRequest> awaited = new ConcurrentHashMap<>();

    private final Map<String, RunRequest> foreground = new ConcurrentHashMap<>();
    private final ExecutorService keepers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run-keeper-", 0).factory());
    private volatile boolean closing;

    /// @param store stays the caller's, who closes it after the runs
    Runs(Models models, RunStore store) {
        this.models = models;
        this.store = store;
        responses = new KeptResponses(store);
    }

    RunStore store() {
        return store;
    }

    KeptResponses responses() {
        return responses;
    }

    /// A run that goes on while nobody waits.
    ///
    /// @param model answers
    /// @param waiting takes it if it has to wait for its client's tools
    /// @param answer hears its events before they are committed
    private record Work(
            Models.Answering model, Leg leg, SuspendedRuns waiting, RunListener answer) {
        RunRequest request() {
            return leg.request();
        }
    }

    /// Starts a run in the background, once it is committed.
    ///
    /// @throws ApiError if the request is wrong
    /// @throws Fault `OVERLOADED` if there are too many, `UNAVAILABLE` if it cannot be kept
    StoredRun create(Inquiry asked, JsonNode body) {
        if (!isKept(body)) {
            throw ApiError.field(
                    "store", "A run in the background is always kept; leave 'store' out.");
        }
        if (!asked.run().clientTools().isEmpty()) {
            throw ApiError.unsupported(
                    "tools",
                    "A run in the background has no client that could run tools; leave them out.");
        }
        RunRequest request = asked.run().withRun("run-" + UUID.randomUUID());
        return create(stored(asked.model(), request, body, true), unwatched(asked, request));
    }

    /// Starts a run in the background that answers with a response, once it is committed.
    ///
    /// @throws Fault as the other
    void create(ResponsesRequest asked, JsonNode body) {
        Inquiry inquiry = asked.inquiry();
        StoredRun run = stored(inquiry.model(), inquiry.run(), body, true);
        create(run, responding(asked, body, run));
    }

    private StoredRun create(StoredRun run, Work work) {
        if (!room.tryAcquire()) {
            throw new Fault(
                    Fault.Code.OVERLOADED,
                    "%d runs are at work in the background; wait for one, or cancel one."
                            .formatted(MOST));
        }
        try {
            RunLog log = store.begin(run, PATIENCE, _ -> work.request().cancellation().request());
            log.awaitBegun();
            start(work, log);
        } catch (Fault fault) {
            room.release();
            throw fault;
        }
        return run;
    }

    private Work unwatched(Inquiry asked, RunRequest request) {
        return new Work(models.of(asked.model()), Leg.first(request), NONE_WAIT, _ -> {});
    }

    private Work responding(ResponsesRequest asked, JsonNode body, StoredRun run) {
        Models.Answering model = models.of(run.model());
        Leg leg = Leg.first(asked.inquiry().run());
        Collected collected = new Collected(leg, asked.inquiry().events(), run.created());
        return new Work(
                model,
                leg,
                model.waiting(),
                event -> {
                    if (collected.on(event)
                            && !responses.keep(
                                    asked,
                                    leg,
                                    body,
                                    ResponseAnswer.of(asked, leg, collected),
                                    PATIENCE)) {
                        System.getLogger("polymnia")
                                .log(
                                        System.Logger.Level.WARNING,
                                        run.id() + " is not kept: the database is too slow");
                    }
                });
    }

    /// Each API knows a seed in this place.
    private static StoredRun stored(
            String model, RunRequest request, JsonNode body, boolean background) {
        ObjectNode kept = (ObjectNode) body.deepCopy();
        kept.remove("seed");
        ObjectNode own =
                kept.get("polymnia") instanceof ObjectNode sent ? sent : kept.putObject("polymnia");
        own.put("seed", request.seed());
        return StoredRun.begun(
                request.run(), request.mode(), model, background, Instant.now(), kept.toString());
    }

    /// Starts a run as soon as there is a place for it, and returns at once.
    private void start(Work work, RunLog log) {
        awaited.put(work.request().run(), work.request());
        RequestTrace trace = RequestTrace.current().later();
        keepers.execute(() -> trace.during(() -> keep(work, log)));
    }

    private void keep(Work work, RunLog log) {
        String id = work.request().run();
        RunStarter starter = work.model().starter();
        try (BackgroundRun run =
                starter.startInBackground(
                        work.leg(), work.waiting(), event -> add(log, work.answer(), event))) {
            background.put(id, run);
            if (run.await() instanceof Suspended suspended) {
                work.waiting().keep(suspended);
            }
        } catch (Fault fault) {
            if (!isEnd(starter, fault)) {
                log.fail(fault);
            }
        } finally {
            log.leave();
            background.remove(id);
            awaited.remove(id);
            room.release();
        }
    }

    /// A run that ends with its server is to be found at work by the next.
    private void add(RunLog log, RunListener answer, RunEvent event) {
        if (!closing) {
            // So that a run that is over has its answer.
            answer.on(event);
            log.add(event);
        }
    }

    /// Returns whether a run has ended, or was not begun, because the server ends.
    private boolean isEnd(RunStarter starter, Fault fault) {
        return closing || (!starter.isOpen() && fault.code() == Fault.Code.UNAVAILABLE);
    }

    /// Whether a run is kept is the same field in all APIs that have it.
    private static boolean isKept(JsonNode body) {
        return body.path("store").asBoolean(true);
    }

    /// Records what a request waits for, unless its client wants it forgotten. What goes wrong with
    /// the store is logged and does not touch the run.
    ///
    /// @param asked the model, as the client named it
    /// @param body as it was sent
    Recording record(String asked, Leg leg, JsonNode body) {
        if (!isKept(body)) {
            return Recording.NONE;
        }
        RunRequest request = leg.request();
        foreground.put(request.run(), request);
        return new Recording(() -> log(asked, leg, body), () -> foreground.remove(request.run()));
    }

    private Optional<RunLog> log(String asked, Leg leg, JsonNode body) {
        RunRequest request = leg.request();
        if (!leg.goesOn()) {
            return Optional.of(
                    store.begin(stored(asked, request, body, false), Duration.ZERO, _ -> {}));
        }
        try {
            // Its client may be faster than the commit of what it answers.
            return isLeft(request.run())
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

    /// Returns whether nothing is at work on a run; waits for what is only being committed.
    private boolean isLeft(String id) {
        Optional<RunLog> before = store.live(id);
        return before.isEmpty()
                || (before.get().awaitNews(Long.MAX_VALUE, COMMIT) && store.live(id).isEmpty());
    }

    /// Starts the runs again in whose midst a server ended, as far as they can be, and ends the
    /// others as failed.
    void recover() {
        for (StoredRun run : store.unfinished()) {
            if (!isLeft(run.id())) {
                continue;
            }
            Optional<Work> work = again(run);
            if (work.isPresent() && room.tryAcquire()) {
                RunRequest found = work.get().request();
                start(work.get(), store.again(run, PATIENCE, _ -> found.cancellation().request()));
            } else {
                store.again(run, PATIENCE, _ -> {})
                        .fail(
                                new Fault(
                                        Fault.Code.UNAVAILABLE,
                                        "The server ended while the run was at work; what it had"
                                                + " come to is in its events. Ask again."));
            }
        }
    }

    private Optional<Work> again(StoredRun run) {
        if (!run.background()
                || run.state() == RunState.WAITING
                || run.attempts() >= MOST_ATTEMPTS
                // Its client has gone on from it.
                || store.response(run.id()).isPresent()) {
            return Optional.empty();
        }
        try {
            JsonNode body = JsonMapper.shared().readTree(run.request());
            ModelInfo info = models.of(body).info();
            if (ResponsesRequest.isBegun(run)) {
                ResponsesRequest asked =
                        ResponsesRequest.of(body, info, id -> responses.conversation(id, info));
                RunRequest request = raised(asked.inquiry().run().withRun(run.id()));
                return Optional.of(responding(asked.withRun(request), body, run));
            }
            Inquiry asked = ChatRequest.of(body, info).inquiry();
            return Optional.of(unwatched(asked, raised(asked.run().withRun(run.id()))));
        } catch (JacksonException | ApiError | Fault e) {
            // Another version's request, or another model's.
            System.getLogger("polymnia")
                    .log(System.Logger.Level.WARNING, run.id() + " cannot be started again", e);
            return Optional.empty();
        }
    }

    private RunRequest raised(RunRequest request) {
        return store.last(request.run(), EventJson.BUDGET_RAISED)
                .map(event ->
                        request.withBudget(
                                request.budget().raisedTo(EventJson.budget(event.json()))))
                .orElse(request);
    }

    /// Returns a run.
    ///
    /// @throws Fault `NOT_FOUND` if there is none of that name
    StoredRun find(String id) {
        Optional<RunLog> live = store.live(id);
        Optional<StoredRun> run = store.find(id);
        // Its client may have the answer before the record is committed.
        if (run.isEmpty() && live.isPresent() && live.get().awaitNews(0, COMMIT)) {
            run = store.find(id);
        }
        return run.orElseThrow(() ->
                new Fault(
                        Fault.Code.NOT_FOUND,
                        "There is no run '%s'; GET /v1/runs lists them.".formatted(id)));
    }

    /// Returns runs, the newest first.
    ///
    /// @param after null for the newest
    /// @throws Fault `NOT_FOUND` if there is no run to begin after
    List<StoredRun> newest(int limit, @Nullable String after) {
        if (after != null) {
            find(after);
        }
        return store.newest(limit, after);
    }

    /// Returns the best answer so far of a run in the background; empty if there is none, or the
    /// run is over.
    Optional<Outcome> best(String id) {
        return Optional.ofNullable(background.get(id)).flatMap(BackgroundRun::best);
    }

    /// Asks a run to end with its best answer so far. Does nothing to one that is over.
    ///
    /// @throws ApiError if a request waits for the run
    void finish(String id) {
        BackgroundRun run = background.get(id);
        if (run != null) {
            run.finish();
        } else if (foreground.containsKey(id)) {
            throw ApiError.refused(
                    409,
                    "not_in_background",
                    "A request waits for the run '%s'; only runs in the background can be finished early. It can be cancelled."
                            .formatted(id));
        }
    }

    /// Returns the limits of a run in the background; empty if it has not begun, or is over.
    Optional<Budget> budget(String id) {
        return Optional.ofNullable(background.get(id)).map(BackgroundRun::budget);
    }

    /// Raises the limits of a run. Does nothing to one that is over.
    ///
    /// @param limits what is wanted, for the present ones
    /// @throws ApiError if one of them is lower than it was, a request waits for the run, or it has
    ///   not begun
    void raise(String id, UnaryOperator<Budget> limits) {
        BackgroundRun run = background.get(id);
        if (run != null) {
            raise(run, limits.apply(run.budget()));
        } else if (foreground.containsKey(id) || awaited.containsKey(id)) {
            throw ApiError.refused(
                    409,
                    "not_at_work",
                    "The run '%s' waits for its place, or a request waits for it; only the budget of a run that is at work in the background can be raised."
                            .formatted(id));
        }
    }

    private static void raise(BackgroundRun run, Budget wanted) {
        Budget present = run.budget();
        if (!wanted.equals(wanted.raisedTo(present))) {
            throw ApiError.field(
                    "tokens",
                    "The budget is %s; it can be raised and not lowered."
                            .formatted(RunObjects.words(present)));
        }
        run.raise(wanted);
    }

    /// Removes a run that is over with all its events.
    ///
    /// @throws ApiError if it is not over
    /// @throws Fault `NOT_FOUND` if there is none of that name, `UNAVAILABLE` if the store cannot
    ///   be written
    void delete(String id) {
        StoredRun run = find(id);
        if (!isLeft(id) || !find(id).state().isOver()) {
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
        if (log.isPresent() && !log.get().awaitNews(Long.MAX_VALUE, PATIENCE)) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The run '%s' is cancelled, but has not ended yet; ask again.".formatted(id));
        }
    }

    /// Asks a run to end. Does nothing to one that is over.
    void cancel(String id) {
        Stream.of(awaited, foreground)
                .map(requests -> requests.get(id))
                .filter(Objects::nonNull)
                .forEach(request -> request.cancellation().request());
    }

    /// Ends the runs in the background; the next server starts them again.
    @Override
    public void close() {
        closing = true;
        awaited.values().forEach(request -> request.cancellation().request());
        keepers.close();
    }
}
