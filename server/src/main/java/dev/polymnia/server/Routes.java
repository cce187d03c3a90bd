package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Clock;
import dev.polymnia.core.model.ModelInfo;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
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
    private final ChatCompletions chat;
    private final RunRequests runs;
    private final long started = Instant.now().getEpochSecond();

    Routes(Assistant assistant, ModelInfo model, Runs runs, int mostBytes) {
        this.model = model;
        Exchange exchange =
                new Exchange(assistant, new SuspendedRuns(Clock.SYSTEM, KEPT, MOST_WAITING), runs);
        chat = new ChatCompletions(exchange, model, mostBytes);
        this.runs = new RunRequests(runs, model, mostBytes);
    }

    List<Route> all() {
        return List.of(
                new Route(Method.GET, "/healthz", Route.Access.ANYBODY, Routes::health),
                new Route(Method.GET, "/v1/models", Route.Access.CLIENT, this::models),
                new Route(Method.GET, "/v1/models/{name}", Route.Access.CLIENT, this::model),
                new Route(Method.POST, "/v1/chat/completions", Route.Access.CLIENT, chat::handle),
                new Route(Method.GET, "/v1/runs", Route.Access.CLIENT, runs::list),
                new Route(Method.POST, "/v1/runs", Route.Access.CLIENT, runs::create),
                new Route(Method.GET, "/v1/runs/{id}", Route.Access.CLIENT, runs::get),
                new Route(Method.GET, "/v1/runs/{id}/events", Route.Access.CLIENT, runs::events),
                new Route(Method.POST, "/v1/runs/{id}/finish", Route.Access.CLIENT, runs::finish),
                new Route(Method.POST, "/v1/runs/{id}/cancel", Route.Access.CLIENT, runs::cancel));
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
