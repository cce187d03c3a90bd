package dev.polymnia.server;

import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.Leg;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.RunLog;
import dev.polymnia.server.store.RunState;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The runs for which no request waits: starts them, sees to their end, and takes up those in whose
/// midst a server ended. Thread-safe.
final class BackgroundRuns implements AutoCloseable {
    /// The most at once.
    private static final int MOST = 64;

    /// A run that brings down its server each time is not started for ever.
    private static final int MOST_ATTEMPTS = 3;

    /// Nobody waits for them, so they rather wait for the database.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Models models;
    private final RunStore store;
    private final KeptResponses responses;
    private final Turns turns;
    private final Attachments attachments;
    private final Titles titles;
    private final Semaphore room = new Semaphore(MOST);
    private final Map<String, BackgroundRun> atWork = new ConcurrentHashMap<>();

    /// All, those that wait for a place among them.
    private final Map<String, RunRequest> awaited = new ConcurrentHashMap<>();

    /// Those of an earlier server whose models are not there yet.
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    private final ExecutorService keepers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run-keeper-", 0).factory());
    private volatile boolean closing;

    /// @param store stays the caller's, who closes it after this
    /// @param titles are written when there is an answer; closed with this
    BackgroundRuns(Models models, Store store, Titles titles) {
        this.titles = titles;
        this.models = models;
        this.store = store.runs();
        responses = new KeptResponses(store.runs());
        turns = new Turns(store.conversations(), store.runs());
        attachments = new Attachments(store.files());
    }

    /// A run that goes on while nobody waits.
    ///
    /// @param spender pays
    /// @param model answers
    /// @param answer hears its events before they are committed
    private record Work(Spender spender, Models.Answering model, Leg leg, RunListener answer) {
        RunRequest request() {
            return leg.request();
        }
    }

    /// Starts a run in the background, once it is committed.
    ///
    /// @throws ApiError if the request is wrong
    /// @throws Fault `OVERLOADED` if there are too many, `UNAVAILABLE` if it cannot be kept
    StoredRun create(Caller caller, Inquiry asked, JsonNode body) {
        requireScope(caller, asked);
        if (!RunRecords.areWanted(body)) {
            throw ApiError.field(
                    "store", "A run in the background is always kept; leave 'store' out.");
        }
        requireNoTools(asked);
        RunRequest request = asked.run().withRun("run-" + UUID.randomUUID());
        return create(
                RunRecords.begun(caller.spender(), asked.model(), request, body, true),
                unwatched(caller.spender(), asked, request));
    }

    /// Starts a run that answers in a conversation, once it is committed and has its message there:
    /// it may be over at once.
    ///
    /// @param id of the run
    /// @param message puts it into the conversation; if that fails nothing is asked
    /// @throws ApiError if the request is wrong
    /// @throws Fault as the other, or as the message could not be put there
    StoredRun answer(
            Caller caller, Inquiry asked, JsonNode body, String id, Consumer<StoredRun> message) {
        requireScope(caller, asked);
        requireNoTools(asked);
        StoredRun run =
                RunRecords.begun(
                        caller.spender(), asked.model(), asked.run().withRun(id), body, true);
        return create(run, answering(run.spender(), asked, asked.run().withRun(id)), message);
    }

    private Work answering(Spender spender, Inquiry asked, RunRequest request) {
        return new Work(
                spender,
                models.of(asked.model()).of(spender),
                Leg.first(request),
                event -> {
                    turns.on(event);
                    if (event.event() instanceof Event.RunFinished) {
                        titles.expect(spender, request.run());
                    }
                });
    }

    /// Starts a run in the background that answers with a response, once it is committed.
    ///
    /// @throws Fault as the other
    void create(Caller caller, ResponsesRequest asked, JsonNode body) {
        Inquiry inquiry = asked.inquiry();
        requireScope(caller, inquiry);
        StoredRun run =
                RunRecords.begun(caller.spender(), inquiry.model(), inquiry.run(), body, true);
        create(run, responding(asked, body, run));
    }

    private static void requireNoTools(Inquiry asked) {
        if (!asked.run().clientTools().isEmpty()) {
            throw ApiError.unsupported(
                    "tools",
                    "A run in the background has no client that could run tools; leave them out.");
        }
    }

    private void requireScope(Caller caller, Inquiry asked) {
        caller.requireScope(models.of(asked.model()).info().name(), asked.run());
    }

    private StoredRun create(StoredRun run, Work work) {
        return create(run, work, _ -> {});
    }

    private StoredRun create(StoredRun run, Work work, Consumer<StoredRun> committed) {
        if (!room.tryAcquire()) {
            throw new Fault(
                    Fault.Code.OVERLOADED,
                    "%d runs are at work in the background; wait for one, or cancel one."
                            .formatted(MOST));
        }
        try {
            RunLog log = store.begin(run, PATIENCE, _ -> work.request().cancellation().request());
            log.awaitBegun();
            tellCommitted(run, log, committed);
            start(work, log);
        } catch (Fault fault) {
            room.release();
            throw fault;
        }
        return run;
    }

    /// Who is told may fail; then the run has failed before it began.
    private static void tellCommitted(StoredRun run, RunLog log, Consumer<StoredRun> committed) {
        try {
            committed.accept(run);
        } catch (Fault fault) {
            log.fail(fault);
            throw fault;
        }
    }

    private Work unwatched(Spender spender, Inquiry asked, RunRequest request) {
        return new Work(spender, models.of(asked.model()).of(spender), Leg.first(request), _ -> {});
    }

    private Work responding(ResponsesRequest asked, JsonNode body, StoredRun run) {
        Leg leg = Leg.first(asked.inquiry().run());
        Collected collected = new Collected(leg, asked.inquiry().events(), run.created());
        return new Work(
                run.spender(),
                models.of(run.model()).of(run.spender()),
                leg,
                event -> {
                    if (collected.on(event)) {
                        responses.keep(
                                run.spender(),
                                asked,
                                leg,
                                body,
                                ResponseAnswer.of(asked, leg, collected),
                                PATIENCE);
                    }
                });
    }

    /// Starts a run as soon as there is a place for it, and returns at once.
    private void start(Work work, RunLog log) {
        awaited.put(work.request().run(), work.request());
        RequestTrace trace = RequestTrace.current().later();
        keepers.execute(() -> trace.during(() -> keep(work, log)));
    }

    private void keep(Work work, RunLog log) {
        String id = work.request().run();
        Models.Answering model = work.model();
        try (BackgroundRun run =
                model.starter()
                        .startInBackground(
                                work.spender(),
                                work.leg(),
                                model.waiting(),
                                event -> add(log, work.answer(), event))) {
            atWork.put(id, run);
            model.keep(run.await());
        } catch (Fault fault) {
            if (!isEnd(model.starter(), fault)) {
                log.fail(fault);
            }
        } finally {
            log.leave();
            atWork.remove(id);
            awaited.remove(id);
            room.release();
            titles.begin(id);
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

    /// Starts the runs again in whose midst a server ended, as far as they can be, and ends the
    /// others as failed.
    ///
    /// @param isExpecting whether more models may come: then those whose model is not there wait
    ///   for [#recoverRest]
    void recover(boolean isExpecting) {
        List<String> names = models.names();
        for (StoredRun run : store.unfinished()) {
            if (!store.isLeft(run.id(), Runs.COMMIT)) {
                continue;
            }
            if (isExpecting && !names.contains(run.model())) {
                waiting.add(run.id());
            } else {
                recover(run);
            }
        }
    }

    /// Does the same with those that waited for their models.
    void recoverRest() {
        for (StoredRun run : store.unfinished()) {
            try {
                if (waiting.remove(run.id())) {
                    recover(run);
                }
            } catch (Fault fault) {
                // The next server finds it as it was.
                System.getLogger("polymnia")
                        .log(
                                System.Logger.Level.WARNING,
                                "%s is not taken up: %s".formatted(run.id(), fault.getMessage()),
                                fault);
            }
        }
    }

    /// Asks a run to end. Does nothing to one that is over.
    void cancel(String id) {
        if (waiting.remove(id)) {
            Fault why =
                    new Fault(Fault.Code.CANCELLED, "The run was cancelled before it began again.");
            store.find(id).ifPresent(run -> store.again(run, PATIENCE, _ -> {}).fail(why));
        } else {
            find(id).ifPresent(request -> request.cancellation().request());
        }
    }

    /// Returns whether a run has not begun, or not begun again.
    boolean isWaiting(String id) {
        return waiting.contains(id) || (awaited.containsKey(id) && !atWork.containsKey(id));
    }

    private void recover(StoredRun run) {
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
            Spender all = new Spender(run.spender().person(), "");
            if (ResponsesRequest.isBegun(run)) {
                ResponsesRequest asked =
                        ResponsesRequest.of(
                                body, info, id -> responses.conversation(all, id, info));
                RunRequest request = raised(asked.inquiry().run().withRun(run.id()));
                return Optional.of(responding(asked.withRun(request), body, run));
            }
            boolean turn = Turns.isOne(run);
            JsonNode whole = turn ? attachments.filled((ObjectNode) body) : body;
            Inquiry asked = ChatRequest.of(whole, info).inquiry();
            RunRequest request = raised(asked.run().withRun(run.id()));
            return Optional.of(
                    turn
                            ? answering(run.spender(), asked, request)
                            : unwatched(run.spender(), asked, request));
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

    /// Returns a run that is at work; empty if it has not begun, or is over.
    Optional<BackgroundRun> atWork(String id) {
        return Optional.ofNullable(atWork.get(id));
    }

    /// Returns a run that is at work, or waits for its place; empty if it is over.
    Optional<RunRequest> find(String id) {
        return Optional.ofNullable(awaited.get(id));
    }

    /// Ends what is at work on titles for a person, and waits for that. They are kept nowhere, so
    /// nobody finds them among the runs.
    ///
    /// @throws Fault `UNAVAILABLE` if it does not end in time
    void endTitles(String person) {
        titles.endAll(person);
    }

    /// Ends all; the next server starts them again, but titles.
    @Override
    public void close() {
        closing = true;
        titles.stop();
        awaited.values().forEach(request -> request.cancellation().request());
        keepers.close();
        titles.close();
    }
}
