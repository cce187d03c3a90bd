package dev.polymnia.server;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.server.Endpoints.Kept;
import dev.polymnia.server.Endpoints.Wanted;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about the endpoints that owners add: tests them, lets their models answer
/// beside all others, and forgets them. A request waits for the endpoint that it is about; what is
/// kept is connected when the server has begun, without anybody waiting. No answer has a key in it.
/// Thread-safe.
final class EndpointRequests implements AutoCloseable {
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_KEY = 8_000;
    private static final int MOST = 100;

    private final Endpoints endpoints;
    private final Models models;
    private final Function<Served, Models.Answering> opening;
    private final int mostBytes;
    private final Cancellation cancellation = new Cancellation();

    /// How those stand that were asked, by their ids.
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /// Those that were kept when the server began.
    private final List<Kept> first;

    private final ExecutorService callers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("endpoint-caller-", 0).factory());

    /// How far it has come with an endpoint.
    private enum State {
        /// It is being asked for its models.
        CONNECTING,
        /// It did not answer, or its model may not.
        FAILED,
        /// Its model answers.
        ANSWERING
    }

    /// How an endpoint stands.
    ///
    /// @param words why it failed; empty if it did not
    /// @param model what answers; empty if it does not
    private record Line(State state, String words, Optional<Models.Answering> model) {
        static final Line CONNECTING = new Line(State.CONNECTING, "", Optional.empty());
        static final Line IDLE = failed("It has not been asked since the server began.");

        static Line failed(String why) {
            return new Line(State.FAILED, why, Optional.empty());
        }

        static Line answering(Models.Answering model) {
            return new Line(State.ANSWERING, "", Optional.of(model));
        }
    }

    /// @param endpoints stay the caller's
    /// @param models that answer, to which is added
    /// @param opening makes one that answers
    /// @param mostBytes of a request's body
    EndpointRequests(
            Endpoints endpoints,
            Models models,
            Function<Served, Models.Answering> opening,
            int mostBytes) {
        this.endpoints = endpoints;
        this.models = models;
        this.opening = opening;
        this.mostBytes = mostBytes;
        first = readable();
        first.forEach(kept -> lines.put(kept.id(), Line.CONNECTING));
    }

    /// What was kept must not keep the server from beginning; who asks for it is told.
    private List<Kept> readable() {
        try {
            return endpoints.all();
        } catch (Fault fault) {
            warn(fault.getMessage());
            return List.of();
        }
    }

    /// Returns whether models may come that were there when a server ended.
    boolean isExpecting() {
        return !first.isEmpty();
    }

    /// Connects to all that were kept, and returns at once.
    ///
    /// @param after is done when each of them answers, or does not
    void begin(Runnable after) {
        if (!isExpecting()) {
            return;
        }
        callers.execute(() -> {
            try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
                first.forEach(kept -> each.execute(() -> joinFirst(kept)));
            }
            if (!cancellation.isRequested()) {
                after.run();
            }
        });
    }

    private void joinFirst(Kept kept) {
        try {
            join(kept);
        } catch (ApiError | Fault why) {
            if (!cancellation.isRequested()) {
                warn(
                        "%s at %s, which was added on the page, does not answer: %s"
                                .formatted(kept.model(), kept.address(), why.getMessage()));
            }
        }
    }

    private static void warn(String words) {
        System.getLogger("polymnia").log(System.Logger.Level.WARNING, words);
    }

    /// Lists what is kept.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.sendList(response, endpoints.all(), this::put);
    }

    /// Asks an endpoint what it has and for a few words, and keeps nothing.
    void test(Caller caller, ServerRequest request, ServerResponse response) {
        Wanted wanted = read(request);
        Endpoints.Heard heard = asked(() -> endpoints.test(wanted, cancellation));
        ObjectNode body = RunJson.object();
        body.put("object", "endpoint.test");
        ArrayNode all = body.putArray("models");
        heard.models().forEach(all::add);
        body.put("model", heard.model());
        body.put("words", heard.words());
        body.put("context_length", heard.contextTokens());
        body.put("milliseconds", heard.time().toMillis());
        Bodies.send(response, body.toString());
    }

    /// Keeps an endpoint, and lets its model answer.
    void add(Caller caller, ServerRequest request, ServerResponse response) {
        Wanted wanted = read(request);
        Endpoints.Added added = asked(() -> endpoints.add(wanted, this::requireNew, cancellation));
        enter(added.kept(), added.served());
        response.status(Status.CREATED_201);
        send(response, added.kept());
    }

    /// Connects to an endpoint that did not answer; if it does, or is being asked, nothing changes.
    void connect(Caller caller, ServerRequest request, ServerResponse response) {
        Kept kept = find(request);
        if (claims(kept.id())) {
            join(kept);
        }
        // It may have been removed meanwhile.
        send(response, find(request));
    }

    /// Lets an endpoint's model answer no more, and forgets it. What it is at work on goes on.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        String id = find(request).id();
        endpoints.remove(id);
        leave(id);
        Bodies.sendDeleted(response, "endpoint", id);
    }

    private Wanted read(ServerRequest request) {
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        Wanted wanted =
                new Wanted(
                        within("url", sent.required("url"), LONGEST_URL),
                        within("key", sent.text("key").orElse(""), LONGEST_KEY),
                        within("model", sent.text("model").orElse(""), Endpoints.LONGEST_NAME));
        sent.ignored(Set.of());
        return wanted;
    }

    private static String within(String field, String text, int longest) {
        String stripped = text.strip();
        if (stripped.length() > longest) {
            throw ApiError.field(
                    field,
                    "'%s' has %d characters; send at most %d."
                            .formatted(field, stripped.length(), longest));
        }
        return stripped;
    }

    /// Returns whether this thread is to connect to an endpoint: it does not answer, and nobody
    /// else is at it.
    private boolean claims(String id) {
        Line before = lines.putIfAbsent(id, Line.CONNECTING);
        return before == null
                || (before.state() == State.FAILED && lines.replace(id, before, Line.CONNECTING));
    }

    /// Connects to an endpoint that is this thread's to connect to.
    ///
    /// @throws ApiError why it does not answer
    private void join(Kept kept) {
        try {
            requireFree(kept);
            enter(kept, asked(() -> endpoints.connect(kept.id(), cancellation)));
        } catch (RuntimeException | Error e) {
            // Else it would seem to be on its way for ever.
            boolean told = e instanceof ApiError || e instanceof Fault;
            String why = told ? String.valueOf(e.getMessage()) : "It broke: " + e;
            lines.replace(kept.id(), Line.CONNECTING, Line.failed(why));
            throw e;
        }
    }

    /// Lets a model answer. A request that names none means the first of all, so they stand in the
    /// order in which they were added, whichever is there first.
    private void enter(Kept kept, Served served) {
        Models.Answering model = opening.apply(served);
        List<Models.Answering> later =
                endpoints.all().stream()
                        .dropWhile(each -> !each.id().equals(kept.id()))
                        .flatMap(each -> Optional.ofNullable(lines.get(each.id())).stream())
                        .flatMap(each -> each.model().stream())
                        .toList();
        Line line =
                models.add(model, later)
                        ? Line.answering(model)
                        : Line.failed(taken(kept).getMessage());
        // It may have been removed and added again meanwhile, or removed.
        lines.merge(kept.id(), line, (before, now) -> before.model().isPresent() ? before : now);
        if (kept(kept.id()).isEmpty()) {
            leave(kept.id());
        }
    }

    private void leave(String id) {
        Optional.ofNullable(lines.remove(id)).flatMap(Line::model).ifPresent(models::remove);
    }

    /// Clients ask by the name of a model alone, so no two have one.
    private void requireNew(Kept wanted) {
        List<Kept> all = endpoints.all();
        if (all.size() >= MOST) {
            throw ApiError.refused(
                    409,
                    "too_many_endpoints",
                    "There are %d endpoints; remove one before.".formatted(MOST));
        }
        for (Kept each : all) {
            if (each.model().equals(wanted.model())) {
                throw ApiError.refused(
                        409,
                        "endpoint_known",
                        "'%s' has been added already, at %s; connect to that again, or remove it first."
                                .formatted(each.model(), each.address()));
            }
        }
        requireFree(wanted);
    }

    private void requireFree(Kept kept) {
        if (models.names().contains(kept.model())) {
            throw taken(kept);
        }
    }

    private static ApiError taken(Kept kept) {
        return ApiError.refused(
                409,
                "model_taken",
                "'%s' answers here already; remove that first, or choose another model of %s."
                        .formatted(kept.model(), kept.address()));
    }

    private Kept find(ServerRequest request) {
        String id = request.path().pathParameters().get("endpoint");
        return kept(id).orElseThrow(() ->
                new Fault(
                        Fault.Code.NOT_FOUND,
                        "There is no endpoint '%s'; GET /api/endpoints lists them.".formatted(id)));
    }

    private Optional<Kept> kept(String id) {
        return endpoints.all().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /// Returns what came of a question.
    ///
    /// @throws ApiError if it is a fault, which is not this server's
    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (Fault fault) {
            throw ApiError.ofEndpoint(fault);
        }
    }

    private void send(ServerResponse response, Kept kept) {
        ObjectNode body = RunJson.object();
        put(body, kept);
        Bodies.send(response, body.toString());
    }

    private void put(ObjectNode object, Kept kept) {
        Line line = lines.getOrDefault(kept.id(), Line.IDLE);
        object.put("id", kept.id());
        object.put("object", "endpoint");
        object.put("url", kept.address());
        object.put("model", kept.model());
        object.put("has_key", kept.hasKey());
        object.put("state", line.state().name().toLowerCase(Locale.ROOT));
        object.put("error", line.words());
    }

    /// Stops what is being asked.
    @Override
    public void close() {
        cancellation.request();
        callers.close();
    }
}
