package dev.polymnia.server;

import dev.polymnia.server.store.StoredRun;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about runs. Thread-safe.
///
/// @param runs that there are
/// @param models that answer
/// @param mostBytes of a request's body
record RunRequests(Runs runs, Models models, int mostBytes) {
    /// Starts a run in the background.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        JsonNode body = Bodies.read(request, mostBytes);
        ChatRequest asked = ChatRequest.of(body, models.of(body).info());
        Inquiry inquiry = asked.inquiry();
        List<String> ignored = new ArrayList<>(inquiry.ignored());
        if (inquiry.streamed()) {
            ignored.add("stream");
        }
        StoredRun run = runs.background().create(caller, inquiry, body);
        if (!ignored.isEmpty()) {
            response.header(Exchange.IGNORED, String.join(", ", ignored));
        }
        response.status(Status.ACCEPTED_202);
        Bodies.send(response, json(run).toString());
    }

    /// Lists runs, the newest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        Bodies.send(
                response,
                Pages.of(
                        request,
                        (limit, after) -> runs.newest(caller, limit, after),
                        RunObjects::put));
    }

    /// Tells all of one run.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        StoredRun run = runs.find(caller, id(request));
        ObjectNode body = json(run);
        RunObjects.putRequest(body, run);
        Bodies.send(response, body.toString());
    }

    /// Tells a run's events, until it is over.
    void events(Caller caller, ServerRequest request, ServerResponse response) {
        new RunEvents(runs.store(), runs.find(caller, id(request)).id()).handle(request, response);
    }

    /// Ends a run with its best answer so far.
    void finish(Caller caller, ServerRequest request, ServerResponse response) {
        runs.finish(runs.find(caller, id(request)).id());
        accept(caller, request, response);
    }

    /// Asks a team at work for one more wave of agents.
    void more(Caller caller, ServerRequest request, ServerResponse response) {
        runs.more(runs.find(caller, id(request)).id());
        accept(caller, request, response);
    }

    /// Ends a run.
    void cancel(Caller caller, ServerRequest request, ServerResponse response) {
        runs.cancel(runs.find(caller, id(request)).id());
        accept(caller, request, response);
    }

    /// Raises a run's limits.
    void raise(Caller caller, ServerRequest request, ServerResponse response) {
        String id = runs.find(caller, id(request)).id();
        Fields limits = new Fields(Bodies.read(request, mostBytes), "");
        runs.raise(id, present -> RunFields.limits(limits, present));
        accept(caller, request, response);
    }

    /// Removes a run that is over.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        String id = id(request);
        runs.delete(caller, id);
        Bodies.sendDeleted(response, "run", id);
    }

    private void accept(Caller caller, ServerRequest request, ServerResponse response) {
        response.status(Status.ACCEPTED_202);
        Bodies.send(response, json(runs.find(caller, id(request))).toString());
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
}
