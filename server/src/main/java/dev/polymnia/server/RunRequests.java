package dev.polymnia.server;

import dev.polymnia.server.store.StoredRun;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about runs. Thread-safe.
///
/// @param runs that there are
/// @param models that answer
/// @param mostBytes of a request's body
record RunRequests(Runs runs, Models models, int mostBytes) {
    private static final int USUAL_PAGE = 20;
    private static final int LONGEST_PAGE = 100;

    /// Starts a run in the background.
    void create(ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        ChatRequest asked = ChatRequest.of(body, models.of(body).info());
        Inquiry inquiry = asked.inquiry();
        List<String> ignored = new ArrayList<>(inquiry.ignored());
        if (inquiry.streamed()) {
            ignored.add("stream");
        }
        StoredRun run = runs.background().create(inquiry, body);
        if (!ignored.isEmpty()) {
            response.header(Exchange.IGNORED, String.join(", ", ignored));
        }
        response.status(Status.ACCEPTED_202);
        Bodies.send(response, json(run).toString());
    }

    /// Lists runs, the newest first.
    void list(ServerRequest request, ServerResponse response) {
        int limit = parameter(request, "limit").map(RunRequests::limit).orElse(USUAL_PAGE);
        List<StoredRun> found = runs.newest(limit + 1, parameter(request, "after").orElse(null));
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        found.stream().limit(limit).forEach(run -> RunObjects.put(data.addObject(), run));
        body.put("has_more", found.size() > limit);
        Bodies.send(response, body.toString());
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LONGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrongLimit(text);
        }
        throw wrongLimit(text);
    }

    private static ApiError wrongLimit(String text) {
        return ApiError.field(
                "limit", "'limit' is %s; send 1 to %d.".formatted(text, LONGEST_PAGE));
    }

    /// Tells all of one run.
    void get(ServerRequest request, ServerResponse response) {
        StoredRun run = runs.find(id(request));
        ObjectNode body = json(run);
        RunObjects.putRequest(body, run);
        Bodies.send(response, body.toString());
    }

    /// Tells a run's events, until it is over.
    void events(ServerRequest request, ServerResponse response) {
        new RunEvents(runs.store(), runs.find(id(request)).id()).handle(request, response);
    }

    /// Ends a run with its best answer so far.
    void finish(ServerRequest request, ServerResponse response) {
        runs.finish(runs.find(id(request)).id());
        accept(request, response);
    }

    /// Ends a run.
    void cancel(ServerRequest request, ServerResponse response) {
        runs.cancel(runs.find(id(request)).id());
        accept(request, response);
    }

    /// Raises a run's limits.
    void raise(ServerRequest request, ServerResponse response) {
        String id = runs.find(id(request)).id();
        Fields limits = new Fields(Bodies.read(request, mostBytes), "");
        runs.raise(id, present -> RunFields.limits(limits, present));
        accept(request, response);
    }

    /// Removes a run that is over.
    void delete(ServerRequest request, ServerResponse response) {
        String id = id(request);
        runs.delete(id);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("id", id).put("object", "run.deleted").put("deleted", true);
        Bodies.send(response, body.toString());
    }

    private void accept(ServerRequest request, ServerResponse response) {
        response.status(Status.ACCEPTED_202);
        Bodies.send(response, json(runs.find(id(request))).toString());
    }

    private ObjectNode json(StoredRun run) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        RunObjects.put(object, run);
        if (!run.state().isOver()) {
            runs.budget(run.id()).ifPresent(limits -> RunObjects.putBudget(object, limits));
            runs.best(run.id()).ifPresent(best -> RunObjects.putBest(object, best));
        }
        return object;
    }

    private static String id(ServerRequest request) {
        return request.path().pathParameters().get("id");
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        return request.query().contains(name)
                ? Optional.of(request.query().get(name))
                : Optional.empty();
    }
}
