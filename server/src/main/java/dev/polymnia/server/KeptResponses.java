package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.server.people.Spender;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.StoredResponse;
import dev.polymnia.server.store.StoredRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Responses that can be asked for later, and be gone on from: they are in the store, as long as
/// their runs. One that is in the background and has not ended is what its run is. Thread-safe.
///
/// @param store of the runs
record KeptResponses(RunStore store) {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /// Keeps a response, unless its client does not want that.
    ///
    /// @param spender whose it is
    /// @param asked as it was sent
    /// @param body the response as its client sees it
    /// @param patience how long to wait for a database that is far behind; then the response is not
    ///   kept, and that is logged
    void keep(
            Spender spender,
            ResponsesRequest request,
            Leg leg,
            JsonNode asked,
            ObjectNode body,
            Duration patience) {
        if (!request.stored()) {
            return;
        }
        StoredResponse response =
                new StoredResponse(
                        request.id(),
                        spender,
                        leg.request().run(),
                        asked.toString(),
                        body.toString());
        if (!store.keep(response, patience)) {
            System.getLogger("polymnia")
                    .log(
                            System.Logger.Level.WARNING,
                            request.id() + " is not kept: the database is too slow");
        }
    }

    /// Returns a response as its client sees it; empty if there is none of that name that is seen.
    ///
    /// @param sees it
    Optional<ObjectNode> find(Spender sees, String id) {
        return store.response(id)
                .filter(it -> sees.covers(it.spender()))
                .map(it -> (ObjectNode) MAPPER.readTree(it.body()))
                .or(() ->
                        store.find(id)
                                .filter(it -> sees.covers(it.spender()))
                                .filter(ResponsesRequest::isBegun)
                                .map(this::unanswered));
    }

    /// Returns what a run in the background is as a response, as long as there is no answer.
    private ObjectNode unanswered(StoredRun run) {
        ObjectNode body = ResponsesRequest.response(run, status(run));
        switch (run.state()) {
            case RUNNING, CANCELLED -> {}
            case FAILED -> ResponseJson.failed(body, ApiError.of(why(run)));
            // It is kept before its run ends, so this is a database that failed.
            case WAITING, FINISHED ->
                    ResponseJson.failed(
                            body,
                            ApiError.of(
                                    new Fault(
                                            Fault.Code.UNAVAILABLE,
                                            "The response could not be kept; what its run came to"
                                                    + " is at /v1/runs/"
                                                    + run.id()
                                                    + ".")));
        }
        // It may have been answered since it was looked for.
        return store.response(run.id())
                .map(it -> (ObjectNode) MAPPER.readTree(it.body()))
                .orElse(body);
    }

    private static String status(StoredRun run) {
        return switch (run.state()) {
            case RUNNING -> "in_progress";
            case CANCELLED -> "cancelled";
            case WAITING, FINISHED, FAILED -> "failed";
        };
    }

    private static Fault why(StoredRun run) {
        JsonNode end = MAPPER.readTree(Objects.requireNonNull(run.result()));
        return new Fault(
                Fault.Code.valueOf(end.get("code").asString().toUpperCase(Locale.ROOT)),
                end.get("message").asString());
    }

    /// Returns the conversation up to a response, its answer included; empty if one of the
    /// responses that it goes on from is not there.
    ///
    /// @param sees all of it
    /// @param info of the model that goes on
    Optional<List<Message>> conversation(Spender sees, String id, ModelInfo info) {
        Deque<StoredResponse> turns = new ArrayDeque<>();
        Optional<String> next = Optional.of(id);
        while (next.isPresent()) {
            Optional<StoredResponse> turn =
                    next.flatMap(store::response).filter(it -> sees.covers(it.spender()));
            if (turn.isEmpty()) {
                return Optional.empty();
            }
            turns.push(turn.get());
            next = ResponsesRequest.previous(MAPPER.readTree(turn.get().request()));
        }
        List<Message> messages = List.of();
        for (StoredResponse turn : turns) {
            messages =
                    ResponsesRequest.goOn(
                            messages,
                            MAPPER.readTree(turn.request()),
                            MAPPER.readTree(turn.body()),
                            info);
        }
        return Optional.of(messages);
    }

    /// Forgets a response that is not at work, and its run if that has no other.
    void delete(String id) {
        if (store.response(id).isPresent()) {
            store.deleteResponse(id, Runs.COMMIT);
        } else {
            store.delete(id);
        }
    }
}
