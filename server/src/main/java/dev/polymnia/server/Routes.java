package dev.polymnia.server;

import dev.polymnia.core.model.Embedder;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server does, as data: the router and the checks of access follow from it. Thread-safe.
final class Routes {
    private final Models models;
    private final ModelRequests offers;
    private final EndpointRequests endpoints;
    private final Embedder embedder;
    private final Embeddings embeddings;
    private final Readiness readiness;
    private final Meters meters;
    private final ChatCompletions chat;
    private final RunRequests runs;
    private final Messages messages;
    private final Responses responses;
    private final PeopleRoutes people;
    private final String session;
    private final long started = Instant.now().getEpochSecond();

    Routes(
            Models models,
            ModelRequests offers,
            EndpointRequests endpoints,
            Embedder embedder,
            Runs runs,
            Household household,
            Browsers browsers,
            ServerLimits limits,
            Readiness readiness,
            Meters meters) {
        this.models = models;
        this.offers = offers;
        this.endpoints = endpoints;
        this.embedder = embedder;
        this.readiness = readiness;
        this.meters = meters;
        session = browsers.cookies().session();
        int mostBytes = limits.bodyBytes();
        embeddings = new Embeddings(embedder, mostBytes, limits.runs() + limits.waiting());
        Exchange exchange = new Exchange(models, runs);
        this.runs = new RunRequests(runs, models, mostBytes);
        chat = new ChatCompletions(exchange, models, mostBytes);
        messages = new Messages(exchange, models, mostBytes);
        responses =
                new Responses(exchange, models, runs, new KeptResponses(runs.store()), mostBytes);
        people = new PeopleRoutes(household, runs, models, embedder, browsers, limits);
    }

    List<Route> all() {
        return Stream.of(programs(), library(), people.all()).flatMap(List::stream).toList();
    }

    /// What owners ask for who choose models.
    private List<Route> library() {
        return List.of(
                Route.owner(Method.GET, "/api/models", "Models that can be had.", offers::list),
                Route.owner(
                        Method.POST,
                        "/api/models/{name}",
                        "Fetches a model, and lets it answer.",
                        offers::take),
                Route.owner(
                        Method.POST,
                        "/api/models/{name}/cancel",
                        "Stops what fetches a model.",
                        offers::stop),
                Route.owner(
                        Method.DELETE,
                        "/api/models/{name}",
                        "Lets a model answer no more, and deletes it.",
                        offers::delete),
                Route.owner(
                        Method.GET,
                        "/api/endpoints",
                        "Endpoints that were added.",
                        endpoints::list),
                Route.owner(
                                Method.POST,
                                "/api/endpoints",
                                "Adds an endpoint, and lets its model answer.",
                                endpoints::add)
                        .with("Endpoint"),
                Route.owner(
                                Method.POST,
                                "/api/endpoints/test",
                                "Asks an endpoint what it has and for a few words; keeps nothing.",
                                endpoints::test)
                        .with("Endpoint"),
                Route.owner(
                        Method.POST,
                        "/api/endpoints/{endpoint}/connect",
                        "Connects to an endpoint that did not answer.",
                        endpoints::connect),
                Route.owner(
                        Method.DELETE,
                        "/api/endpoints/{endpoint}",
                        "Lets an endpoint's model answer no more, and forgets it.",
                        endpoints::delete));
    }

    /// What programs ask for.
    private List<Route> programs() {
        return List.of(
                Route.open("/healthz", "Says that the server runs.", Routes::health),
                Route.open("/readyz", "Says whether runs can begin.", this::ready),
                Route.owner(Method.GET, "/metrics", "Metrics for Prometheus.", this::metrics),
                Route.client(Method.GET, "/openapi.json", "This document.", this::document),
                Route.client(Method.GET, "/v1/models", "The models' names.", this::models),
                Route.client(Method.GET, "/v1/models/{name}", "One of these names.", this::model),
                Route.client(
                                Method.POST,
                                "/v1/chat/completions",
                                "OpenAI's Chat Completions.",
                                chat::handle)
                        .with("ChatRequest"),
                Route.client(
                                Method.POST,
                                "/v1/embeddings",
                                "OpenAI's Embeddings.",
                                embeddings::handle)
                        .with("EmbeddingsRequest"),
                Route.client(Method.POST, "/v1/responses", "OpenAI's Responses.", responses::create)
                        .with("ResponsesRequest"),
                Route.client(Method.GET, "/v1/responses/{id}", "A kept response.", responses::get),
                Route.client(
                        Method.DELETE,
                        "/v1/responses/{id}",
                        "Forgets a response.",
                        responses::delete),
                Route.client(
                        Method.POST,
                        "/v1/responses/{id}/cancel",
                        "Ends a response in the background.",
                        responses::cancel),
                Route.client(Method.POST, "/v1/messages", "Anthropic's Messages.", messages::handle)
                        .with("MessagesRequest")
                        .in(Dialect.ANTHROPIC),
                Route.client(
                                Method.POST,
                                "/v1/messages/count_tokens",
                                "Counts the tokens of a prompt.",
                                messages::count)
                        .with("MessagesRequest")
                        .in(Dialect.ANTHROPIC),
                Route.client(Method.GET, "/v1/runs", "Runs, the newest first.", runs::list),
                Route.client(
                                Method.POST,
                                "/v1/runs",
                                "Starts a run in the background.",
                                runs::create)
                        .with("ChatRequest"),
                Route.client(Method.GET, "/v1/runs/{id}", "A run.", runs::get),
                Route.client(
                        Method.DELETE,
                        "/v1/runs/{id}",
                        "Removes a run that is over.",
                        runs::delete),
                Route.client(
                        Method.GET,
                        "/v1/runs/{id}/events",
                        "A run's events, as they are committed.",
                        runs::events),
                Route.client(
                        Method.POST,
                        "/v1/runs/{id}/finish",
                        "Ends a run with its best answer so far.",
                        runs::finish),
                Route.client(
                        Method.POST,
                        "/v1/runs/{id}/more",
                        "Asks a team at work for one more wave of agents.",
                        runs::more),
                Route.client(
                                Method.POST,
                                "/v1/runs/{id}/budget",
                                "Raises a run's limits.",
                                runs::raise)
                        .with("Budget"),
                Route.client(Method.POST, "/v1/runs/{id}/cancel", "Ends a run.", runs::cancel));
    }

    private void document(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(response, OpenApi.of(all(), session));
    }

    /// Returns how errors of a request look.
    Dialect dialect(ServerRequest request) {
        String path = request.path().path();
        Method method = request.prologue().method();
        return all().stream()
                .filter(route -> route.path().equals(path) && route.method().equals(method))
                .map(Route::dialect)
                .findFirst()
                .orElse(Dialect.OPENAI);
    }

    private static void health(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(response, "{\"status\":\"ok\"}");
    }

    private void ready(Caller caller, ServerRequest request, ServerResponse response) {
        String state = readiness.state();
        if (state.equals(Readiness.READY) && models.names().isEmpty()) {
            state = "no_model";
        }
        if (!state.equals(Readiness.READY)) {
            response.status(Status.SERVICE_UNAVAILABLE_503);
        }
        Bodies.send(response, "{\"status\":\"%s\"}".formatted(state));
    }

    private void metrics(Caller caller, ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        response.send(meters.text().getBytes(StandardCharsets.UTF_8));
    }

    private void models(Caller caller, ServerRequest request, ServerResponse response) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        models.names().forEach(name -> describe(data.addObject(), name));
        describe(data.addObject(), embedder.name());
        Bodies.send(response, body.toString());
    }

    private void model(Caller caller, ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("name");
        ObjectNode body = JsonMapper.shared().createObjectNode();
        describe(body, name);
        Bodies.send(response, body.toString());
    }

    private void describe(ObjectNode object, String name) {
        object.put("id", name);
        object.put("object", "model");
        object.put("created", started);
        object.put("owned_by", "polymnia");
        object.put(
                "context_length",
                name.equals(embedder.name())
                        ? embedder.mostTokens()
                        : models.of(name).info().contextTokens());
    }
}
