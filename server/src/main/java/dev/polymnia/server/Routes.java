package dev.polymnia.server;

import dev.polymnia.core.Clock;
import dev.polymnia.core.model.ModelInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server does, as data: the router and the checks of access follow from it. Thread-safe.
final class Routes {
    /// How long a run waits for its client's tools, and how many do.
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final int MOST_WAITING = 1000;

    private final ModelInfo model;
    private final Readiness readiness;
    private final Meters meters;
    private final ChatCompletions chat;
    private final long started = Instant.now().getEpochSecond();

    /// @param runs starts the runs of all that answer
    Routes(RunStarter runs, ModelInfo model, int mostBytes, Readiness readiness, Meters meters) {
        this.model = model;
        this.readiness = readiness;
        this.meters = meters;
        Exchange exchange = new Exchange(runs, new SuspendedRuns(Clock.SYSTEM, KEPT, MOST_WAITING));
        chat = new ChatCompletions(exchange, model, mostBytes);
    }

    List<Route> all() {
        return List.of(
                new Route(Method.GET, "/healthz", Route.Access.ANYBODY, Routes::health),
                new Route(Method.GET, "/readyz", Route.Access.ANYBODY, this::ready),
                new Route(Method.GET, "/metrics", Route.Access.CLIENT, this::metrics),
                new Route(Method.GET, "/v1/models", Route.Access.CLIENT, this::models),
                new Route(Method.GET, "/v1/models/{name}", Route.Access.CLIENT, this::model),
                new Route(Method.POST, "/v1/chat/completions", Route.Access.CLIENT, chat::handle));
    }

    /// Returns how errors of a request look.
    Dialect dialect(ServerRequest request) {
        String path = request.path().path();
        return all().stream()
                .filter(route -> route.path().equals(path))
                .map(Route::dialect)
                .findFirst()
                .orElse(Dialect.OPENAI);
    }

    private static void health(ServerRequest request, ServerResponse response) {
        Bodies.send(response, "{\"status\":\"ok\"}");
    }

    private void ready(ServerRequest request, ServerResponse response) {
        String state = readiness.state();
        if (!state.equals(Readiness.READY)) {
            response.status(Status.SERVICE_UNAVAILABLE_503);
        }
        Bodies.send(response, "{\"status\":\"%s\"}".formatted(state));
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        response.send(meters.text().getBytes(StandardCharsets.UTF_8));
    }

    private void models(ServerRequest request, ServerResponse response) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        ModelName.all(model).forEach(name -> describe(data.addObject(), name));
        Bodies.send(response, body.toString());
    }

    private void model(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("name");
        ModelName.of(name, model);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        describe(body, name);
        Bodies.send(response, body.toString());
    }

    private void describe(ObjectNode object, String name) {
        object.put("id", name);
        object.put("object", "model");
        object.put("created", started);
        object.put("owned_by", "polymnia");
        object.put("context_length", model.contextTokens());
    }
}
