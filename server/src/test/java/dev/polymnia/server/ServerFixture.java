package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.model.Embedder;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedEmbedder;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on a free port of this machine, with a scripted model.
abstract class ServerFixture {
    static final String LEFT = "36 - 5 = 31.\nAnswer: 31";
    static final String ASKED =
            "\"messages\": [{\"role\": \"user\", \"content\": \"How many are left?\"}]";

    @TempDir Path folder;
    @Nullable Store store;
    Set<String> hosts = Set.of();

    /// Whether models write titles.
    boolean titles;

    /// What owners may choose.
    ModelLibrary library = ModelLibrary.EMPTY;

    /// What owners may add.
    Endpoints endpoints = Endpoints.NONE;

    Embedder embedder = new ScriptedEmbedder();
    final HttpClient client = HttpClient.newHttpClient();

    private final List<AutoCloseable> open = new ArrayList<>();

    /// Speaks no word until it is cancelled.
    static Script silent(CountDownLatch begun) {
        return (request, _) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            Cancellation cancellation = request.options().cancellation();
            try (var _ = cancellation.onRequest(cancelled::countDown)) {
                begun.countDown();
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.of(LEFT);
        };
    }

    /// Waits within a script.
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Opens what the servers of this test keep.
    Store openStore() {
        return Store.inFolder(folder, EventJson::line);
    }

    PolymniaServer serve(Script script, String... keys) {
        return serveAt(script, 0, keys);
    }

    PolymniaServer serveAt(Script script, int port, String... keys) {
        return serve(
                script, new ServerOptions(ServerOptions.USUAL_HOST, port, Set.of(keys)), _ -> {});
    }

    PolymniaServer serve(Script script, ServerOptions options, Consumer<String> log) {
        return serve(model(script), options, log);
    }

    /// Returns what answers.
    ScriptedModel model(Script script) {
        return ScriptedModel.of(script);
    }

    PolymniaServer serve(ScriptedModel model, int port, String... keys) {
        return serve(
                model, new ServerOptions(ServerOptions.USUAL_HOST, port, Set.of(keys)), _ -> {});
    }

    PolymniaServer serve(ScriptedModel model, ServerOptions options, Consumer<String> log) {
        return serve(List.of(model), options, log);
    }

    PolymniaServer serve(List<ScriptedModel> models) {
        return serve(models, new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()), _ -> {});
    }

    private PolymniaServer serve(
            List<ScriptedModel> models, ServerOptions options, Consumer<String> log) {
        open.addAll(models);
        if (store == null) {
            store = openStore();
            open.addFirst(store);
        }
        PolymniaServer server =
                new PolymniaServer(
                        models.stream()
                                .map(model ->
                                        new Served(
                                                new Assistant(model, Clock.SYSTEM),
                                                model.info(),
                                                hosts,
                                                () -> titles))
                                .toList(),
                        library,
                        endpoints,
                        embedder,
                        store,
                        options,
                        log);
        open.add(server);
        return server;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        client.close();
    }

    HttpResponse<String> post(PolymniaServer server, String path, String body)
            throws IOException, InterruptedException {
        return send(server.url() + path, body);
    }

    HttpResponse<String> delete(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).DELETE().build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// Sends a request with a key.
    ///
    /// @param key null for none
    /// @param body null for none
    /// @param headers more of them, names and values, in turns
    HttpResponse<String> ask(
            String method,
            String url,
            @Nullable String key,
            @Nullable String body,
            String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Asks for a chat completion.
    ///
    /// @param headers names and values, in turns
    HttpResponse<String> chat(PolymniaServer server, String body, String... headers)
            throws IOException, InterruptedException {
        return send(server.url() + "/chat/completions", body, headers);
    }

    /// Sends a body.
    ///
    /// @param headers names and values, in turns
    HttpResponse<String> send(String url, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (List.of(headers).stream().noneMatch("Content-Type"::equals)) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String url, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Watches a run, line by line.
    Stream<String> watch(PolymniaServer server, String run)
            throws IOException, InterruptedException {
        URI uri = URI.create(server.url() + "/runs/" + run + "/events");
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    /// Asks and returns the body of an answer.
    JsonNode answer(PolymniaServer server, String fields) throws IOException, InterruptedException {
        return json(chat(server, "{%s, %s}".formatted(fields, ASKED)).body());
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /// Returns the data of the events of a stream; the last is no JSON and is left out.
    static List<JsonNode> chunks(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }
}
