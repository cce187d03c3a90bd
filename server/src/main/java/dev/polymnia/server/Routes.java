package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server does, as data: the router and the checks of access follow from it. Thread-safe.
final class Routes {
    static final String JSON = "application/json";
    private static final String IGNORED = "Polymnia-Ignored";
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final Assistant assistant;
    private final ModelInfo model;
    private final int mostBytes;
    private final long started = Instant.now().getEpochSecond();

    Routes(Assistant assistant, ModelInfo model, int mostBytes) {
        this.assistant = assistant;
        this.model = model;
        this.mostBytes = mostBytes;
    }

    List<Route> all() {
        return List.of(
                new Route(Method.GET, "/healthz", Route.Access.ANYBODY, Routes::health),
                new Route(Method.GET, "/v1/models", Route.Access.CLIENT, this::models),
                new Route(Method.GET, "/v1/models/{name}", Route.Access.CLIENT, this::model),
                new Route(Method.POST, "/v1/chat/completions", Route.Access.CLIENT, this::chat));
    }

    private static void health(ServerRequest request, ServerResponse response) {
        send(response, "{\"status\":\"ok\"}");
    }

    private void models(ServerRequest request, ServerResponse response) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        ModelName.all(model).forEach(name -> describe(data.addObject(), name));
        send(response, body.toString());
    }

    private void model(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("name");
        ModelName.of(name, model);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        describe(body, name);
        send(response, body.toString());
    }

    private void describe(ObjectNode object, String name) {
        object.put("id", name);
        object.put("object", "model");
        object.put("created", started);
        object.put("owned_by", "polymnia");
        object.put("context_length", model.contextTokens());
    }

    private void chat(ServerRequest request, ServerResponse response) {
        ChatRequest asked = ChatRequest.of(body(request), model);
        if (!asked.ignored().isEmpty()) {
            response.header(IGNORED, String.join(", ", asked.ignored()));
        }
        if (asked.streamed()) {
            stream(asked, response);
            return;
        }
        ChatAnswer answer = new ChatAnswer(asked);
        assistant.answer(asked.run(), answer::on);
        send(response, answer.json());
    }

    private void stream(ChatRequest asked, ServerResponse response) {
        BlockingQueue<RunEvent> told = new LinkedBlockingQueue<>();
        try (BackgroundRun run = assistant.start(asked.run(), told::add)) {
            // What is wrong with a question shows at once, while a status can still be sent.
            List<RunEvent> before = List.of(next(told, run), next(told, run));
            if (before.getLast().event() instanceof Event.RunFailed failed) {
                throw new Fault(failed.code(), failed.message());
            }
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            try (OutputStream out = response.outputStream()) {
                ChatStream stream = new ChatStream(asked, out);
                stream.begin();
                for (RunEvent event : before) {
                    stream.write(event);
                }
                tell(stream, run, told);
            } catch (IOException | UncheckedIOException e) {
                // The client has gone; closing the run cancels it.
                System.getLogger("polymnia").log(System.Logger.Level.DEBUG, "a client has gone", e);
            }
        }
    }

    private static void tell(ChatStream stream, BackgroundRun run, BlockingQueue<RunEvent> told)
            throws IOException {
        while (true) {
            RunEvent event = poll(told);
            if (event != null) {
                stream.write(event);
                if (event.event() instanceof Event.RunFinished) {
                    return;
                }
                if (event.event() instanceof Event.RunFailed failed) {
                    stream.fail(new Fault(failed.code(), failed.message()));
                    return;
                }
            } else if (run.isOver() && told.isEmpty()) {
                stream.fail(broken(run));
                return;
            } else {
                stream.beat();
            }
        }
    }

    /// Waits for an event.
    ///
    /// @throws Fault why there is none
    private static RunEvent next(BlockingQueue<RunEvent> told, BackgroundRun run) {
        while (true) {
            boolean over = run.isOver();
            RunEvent event = over ? told.poll() : poll(told);
            if (event != null) {
                return event;
            }
            if (over) {
                throw broken(run);
            }
        }
    }

    /// Returns why a run ended without saying so.
    private static Fault broken(BackgroundRun run) {
        try {
            run.await();
            return new Fault(Fault.Code.INTERNAL, "The run ended without an answer.");
        } catch (Fault fault) {
            return fault;
        }
    }

    private static @Nullable RunEvent poll(BlockingQueue<RunEvent> told) {
        try {
            return told.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The server stops.", e);
        }
    }

    private JsonNode body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw ApiError.refused(
                        413,
                        "too_large",
                        "The body is longer than %d bytes; send less.".formatted(mostBytes));
            }
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw ApiError.refused(
                    400, "invalid_json", "The body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.refused(400, "cut_off", "The body broke off: " + e.getMessage());
        }
    }

    private static void send(ServerResponse response, String json) {
        response.header(HeaderNames.CONTENT_TYPE, JSON);
        response.send(json.getBytes(StandardCharsets.UTF_8));
    }
}
