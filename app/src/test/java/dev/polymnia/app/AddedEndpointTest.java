package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.models.Catalogue;
import dev.polymnia.remote.RemoteModel;
import dev.polymnia.remote.RemoteOptions;
import dev.polymnia.server.EventJson;
import dev.polymnia.server.ModelLibrary;
import dev.polymnia.server.PolymniaServer;
import dev.polymnia.server.Served;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.FakeServer;
import dev.polymnia.testkit.ScriptedEmbedder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An endpoint that an owner adds to a server, from end to end.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class AddedEndpointTest {
    private static final String KEY = "sk-very-secret-42";
    private static final String ASKED =
            """
            {"model": "tiny:instant", "messages": [{"role": "user", "content": "Hello?"}]}\
            """;

    static {
        // The program itself asks nobody over HTTP, so its module does not read what does.
        AddedEndpointTest.class
                .getModule()
                .addReads(ModuleLayer.boot().findModule("java.net.http").orElseThrow());
    }

    private final FakeServer elsewhere = new FakeServer();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        client.close();
        elsewhere.close();
    }

    /// Connects without what this machine has of prices and profiles.
    static BranchingModel connect(RemoteOptions endpoint, Cancellation cancellation) {
        return RemoteModel.connect(endpoint, Catalogue.builtIn()::profileForServed, cancellation);
    }

    /// What is done with a server.
    private interface Deed {
        void with(String origin) throws IOException, InterruptedException;
    }

    private void serve(Deed deed) throws IOException, InterruptedException {
        try (Store store = Store.inFolder(folder, EventJson::line);
                KeptEndpoints endpoints =
                        new KeptEndpoints(
                                new EndpointFile(folder.resolve("endpoints.json")),
                                AddedEndpointTest::connect,
                                (model, hosts) ->
                                        new Served(
                                                new Assistant(model, Clock.SYSTEM),
                                                model.info(),
                                                hosts));
                PolymniaServer server =
                        new PolymniaServer(
                                List.of(),
                                ModelLibrary.EMPTY,
                                endpoints,
                                new ScriptedEmbedder(),
                                store,
                                new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()),
                                _ -> {})) {
            deed.with(server.origin());
        }
    }

    private String get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private String post(String url, String body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void it_answers_at_once_and_after_the_next_start() throws Exception {
        elsewhere.then(call -> call.stream().says(0, "Hello!").finish(0, "stop").done());
        serve(origin -> {
            String wanted = "{\"url\": \"%s\", \"key\": \"%s\"}".formatted(elsewhere.url(), KEY);
            assertThat(post(origin + "/api/endpoints/test", wanted)).contains("Hello!");
            assertThat(post(origin + "/api/endpoints", wanted)).contains("\"answering\"");
            assertThat(post(origin + "/v1/chat/completions", ASKED)).contains("Hello!");
        });
        serve(origin -> {
            while (!get(origin + "/api/endpoints").contains("\"answering\"")) {
                Thread.onSpinWait();
            }
            assertThat(post(origin + "/v1/chat/completions", ASKED)).contains("Hello!");
            assertThat(get(origin + "/api/endpoints") + get(origin + "/api/audit"))
                    .contains(elsewhere.url())
                    .doesNotContain(KEY);
        });
        assertThat(elsewhere.calls())
                .hasSize(3)
                .allSatisfy(call ->
                        assertThat(call.headers()).containsEntry("authorization", "Bearer " + KEY));
    }

    @Test
    void a_server_begins_and_says_why_where_it_is_gone() throws Exception {
        serve(origin ->
                post(origin + "/api/endpoints", "{\"url\": \"%s\"}".formatted(elsewhere.url())));
        elsewhere.models(call -> call.error(401, "Who are you?"));
        serve(origin -> {
            while (!get(origin + "/api/endpoints").contains("\"failed\"")) {
                Thread.onSpinWait();
            }
            assertThat(get(origin + "/api/endpoints")).contains("wants a key");
            assertThat(post(origin + "/v1/chat/completions", ASKED))
                    .contains("There is no model yet");
        });
    }
}
