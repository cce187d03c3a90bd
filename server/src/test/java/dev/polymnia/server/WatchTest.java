package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is the same around every request: headers, counts, the log.
final class WatchTest extends ServerFixture {
    private static final String KEY = "a-key-that-nobody-guesses";
    private static final String PAGE = "https://chat.example.com";
    private static final Script SCRIPT = (_, _) -> Reply.of(LEFT);
    private static final ServerOptions KEYED =
            new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of(KEY));

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    private static String metrics(PolymniaServer server) {
        return server.url().replace("/v1", "/metrics");
    }

    @Test
    void figures_are_counted_for_whoever_has_a_key() throws Exception {
        PolymniaServer server = serve(SCRIPT, KEYED, log::add);
        String body = "{\"model\": \"thinking\", %s}".formatted(ASKED);
        String[] bearer = {"Authorization", "Bearer " + KEY};
        assertThat(chat(server, body, bearer).statusCode()).isEqualTo(200);
        assertThat(chat(server, body).statusCode()).isEqualTo(401);

        assertThat(get(metrics(server)).statusCode()).isEqualTo(401);
        HttpResponse<String> response = get(metrics(server), bearer);

        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(response.body())
                .contains(
                        "polymnia_requests_seconds_count{method=\"POST\",route=\"/v1/chat/completions\",status=\"200\"}"
                            + " 1",
                        "polymnia_requests_seconds_count{method=\"POST\",route=\"/v1/chat/completions\",status=\"401\"}"
                            + " 1",
                        "polymnia_runs_total{end=\"answered\",mode=\"thinking\"} 1.0",
                        "polymnia_runs_active{mode=\"thinking\"} 0.0",
                        "polymnia_runs_waiting{mode=\"contemplating\"} 0.0",
                        "polymnia_tokens_total{kind=\"generated\",mode=\"thinking\"}",
                        "polymnia_first_event_seconds_bucket{mode=\"thinking\",le=",
                        "polymnia_refusals_total{reason=\"invalid_api_key\"}")
                .doesNotContain(KEY);
    }

    @Test
    void each_request_has_a_line_that_tells_nothing_of_what_was_said() throws Exception {
        PolymniaServer server = serve(SCRIPT, KEYED, log::add);
        String body = "{\"model\": \"thinking\", %s}".formatted(ASKED);

        chat(server, body, "Authorization", "Bearer " + KEY);
        JsonNode line = json(log.take());

        assertThat(line.get("event").asString()).isEqualTo("request");
        assertThat(line.get("method").asString()).isEqualTo("POST");
        assertThat(line.get("route").asString()).isEqualTo("/v1/chat/completions");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("millis").asLong()).isNotNegative();
        assertThat(line.get("mode").asString()).isEqualTo("thinking");
        assertThat(line.get("run").asString()).isNotBlank();
        assertThat(line.at("/tokens/generated").asLong()).isPositive();
        assertThat(line.toString()).doesNotContain(KEY, "How many", "36 - 5");
    }

    @Test
    void a_request_for_nothing_has_a_line_without_its_path() throws Exception {
        PolymniaServer server = serve(SCRIPT, KEYED, log::add);

        get(server.url() + "/secret-" + KEY);
        String line = log.take();

        assertThat(json(line).get("status").asInt()).isEqualTo(404);
        assertThat(json(line).get("route").isNull()).isTrue();
        assertThat(line).doesNotContain(KEY);
    }

    @Test
    void answers_and_errors_are_kept_from_being_pages() throws Exception {
        PolymniaServer server = serve(SCRIPT, KEYED, log::add);

        for (String path : List.of("/healthz", "/v1/models", "/nowhere")) {
            HttpResponse<String> response = get(server.url().replace("/v1", path));
            assertThat(response.headers().map())
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    .containsKey("content-security-policy")
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void only_pages_that_were_named_may_read_answers() throws Exception {
        PolymniaServer server = serve(SCRIPT, KEYED.withOrigins(Set.of(PAGE)), log::add);

        HttpResponse<String> refused = get(server.url() + "/models", "Origin", PAGE);
        HttpResponse<String> other =
                get(server.url() + "/models", "Origin", "https://evil.example");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(refused.headers().firstValue("Vary")).contains("Origin");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void a_browser_may_ask_before_without_a_key() throws Exception {
        PolymniaServer named = serve(SCRIPT, KEYED.withOrigins(Set.of(PAGE)), log::add);
        PolymniaServer usual = serve(SCRIPT, KEYED, log::add);

        HttpResponse<String> allowed = preflight(named, PAGE);

        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("authorization,content-type");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("POST");
        assertThat(preflight(named, "https://evil.example").statusCode()).isEqualTo(404);
        assertThat(preflight(usual, PAGE).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> preflight(PolymniaServer server, String origin)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization,content-type")
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void a_page_that_was_named_may_ask_a_server_without_keys() throws Exception {
        ServerOptions open = new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of());
        PolymniaServer server = serve(SCRIPT, open.withOrigins(Set.of(PAGE)), log::add);

        assertThat(get(server.url() + "/models", "Origin", PAGE).statusCode()).isEqualTo(200);
        assertThat(get(server.url() + "/models", "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "chat.example.com",
                "https://chat.example.com/",
                "https://Chat.example.com",
                "https://me@chat.example.com",
                "file:///x",
                "null"
            })
    void what_is_no_origin_is_refused(String origin) {
        assertThatThrownBy(() -> KEYED.withOrigins(Set.of(origin)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(origin);
    }
}
