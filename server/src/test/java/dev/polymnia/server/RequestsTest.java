package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What is refused, and who is.
final class RequestsTest extends ServerFixture {
    private static final Script SCRIPT = (_, _) -> Reply.of(LEFT);
    private static final String KEY = "a-key-that-nobody-guesses";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]|body",
                "{}|model",
                "{\"model\": 7}|model",
                "{\"model\": \"thinking\"}|messages",
                "{\"model\": \"thinking\", \"messages\": \"hi\"}|messages",
                "{\"model\": \"thinking\", \"messages\": [\"hi\"]}|messages[0]",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"robot\", \"content\":"
                        + " \"hi\"}]}|messages[0].role",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"user\", \"content\":"
                        + " 7}]}|messages[0].content",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"user\", \"content\":"
                        + " [{\"type\": \"video\"}]}]}|messages[0].content[0].type",
                "{\"model\": \"thinking\", \"temperature\": \"hot\", @}|temperature",
                "{\"model\": \"thinking\", \"temperature\": 2.1, @}|temperature",
                "{\"model\": \"thinking\", \"top_p\": 0, @}|top_p",
                "{\"model\": \"thinking\", \"n\": 2, @}|n",
                "{\"model\": \"instant\", \"n\": 17, @}|n",
                "{\"model\": \"instant\", \"n\": 0, @}|n",
                "{\"model\": \"thinking\", \"max_tokens\": 0, @}|max_tokens",
                "{\"model\": \"thinking\", \"stop\": [\"\"], @}|stop",
                "{\"model\": \"thinking\", \"logprobs\": true, @}|logprobs",
                "{\"model\": \"instant\", \"top_logprobs\": 3, @}|top_logprobs",
                "{\"model\": \"instant\", \"logprobs\": true, \"top_logprobs\": 21,"
                        + " @}|top_logprobs",
                "{\"model\": \"instant\", \"logprobs\": true, \"tools\": [{\"type\": \"function\","
                        + " \"function\": {\"name\": \"look\"}}], @}|logprobs",
                "{\"model\": \"thinking\", \"logit_bias\": {\"1\": 5}, @}|logit_bias",
                "{\"model\": \"thinking\", \"response_format\": {\"type\": \"xml\"},"
                        + " @}|response_format.type",
                "{\"model\": \"thinking\", \"response_format\": {\"type\": \"json_schema\"},"
                        + " @}|response_format.json_schema",
                "{\"model\": \"thinking\", \"tools\": [{}], @}|tools[0].type",
                "{\"model\": \"thinking\", \"tools\": [{\"type\": \"web_search\"}],"
                        + " @}|tools[0].type",
                "{\"model\": \"thinking\", \"tools\": [{\"type\": \"function\", \"function\":"
                        + " {\"name\": \"a b\"}}], @}|tools[0].function.name",
                "{\"model\": \"thinking\", \"tool_choice\": \"never\", @}|tool_choice",
                "{\"model\": \"thinking\", \"polymnia\": {\"read_only_tools\": [\"look\"]},"
                        + " @}|polymnia.read_only_tools",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"tool\", \"content\": \"9\","
                        + " \"tool_call_id\": \"c\"}]}|messages[0].tool_call_id",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"assistant\", \"tool_calls\":"
                        + " [{\"id\": \"c\", \"type\": \"function\", \"function\": {\"name\":"
                        + " \"look\"}}]}, {\"role\": \"user\", \"content\": \"hi\"}]}|messages[1]",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"user\", \"content\":"
                        + " [{\"type\": \"image_url\", \"image_url\": {\"url\":"
                        + " \"http://x/y.png\"}}]}]}|messages[0].content[0].image_url.url",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"user\", \"content\":"
                    + " [{\"type\": \"image_url\", \"image_url\": {\"url\":"
                    + " \"data:image/png;base64,AAAA\"}}]}]}|messages[0].content[0].image_url.url",
                "{\"model\": \"thinking\", \"reasoning_effort\": \"huge\", @}|reasoning_effort",
                "{\"model\": \"thinking\", \"wished_for\": 1, @}|wished_for",
                "{\"model\": \"thinking\", \"stream\": \"yes\", @}|stream",
                "{\"model\": \"thinking\", \"polymnia\": {\"mode\": \"deep\"}, @}|polymnia.mode",
                "{\"model\": \"thinking\", \"polymnia\": {\"agents\": 1}, @}|polymnia.agents",
                "{\"model\": \"thinking\", \"polymnia\": {\"wish\": 1}, @}|polymnia.wish",
                "{\"model\": \"thinking\", \"polymnia\": {\"budget\": {\"tokens\": 0}},"
                        + " @}|polymnia.budget.tokens",
            })
    void a_wrong_field_is_named(String body, String field) throws Exception {
        HttpResponse<String> response = chat(serve(SCRIPT), body.replace("@", ASKED));

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response.body()).get("error");
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("param").asString("")).isEqualTo(field);
        assertThat(error.get("message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"model\": |400",
                "|400",
                "{\"model\": \"gpt\", @}|404",
                "{\"model\": \"thinking\", \"messages\": [{\"role\": \"user\", \"content\": \""
                        + " \"}]}|400",
                "{\"model\": \"thinking\", \"stop\": \"x\", @}|400",
            })
    void what_cannot_be_answered_has_a_status(String body, int status) throws Exception {
        String sent = body == null ? "" : body.replace("@", ASKED);

        HttpResponse<String> response = chat(serve(SCRIPT), sent);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response.body()).at("/error/message").asString()).isNotBlank();
    }

    @Test
    void a_question_that_is_too_long_is_refused_before_a_stream_begins() throws Exception {
        String words = "word ".repeat(100_000);
        HttpResponse<String> response =
                chat(
                        serve(SCRIPT),
                        "{\"model\": \"thinking\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                                .formatted(words));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).at("/error/code").asString())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void bodies_have_a_limit() throws Exception {
        PolymniaServer server = serve(SCRIPT);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(ServerLimits.USUAL.bodyBytes() + 1);

        // The refusal does not wait for the body.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().flush();

            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void models_are_listed_under_all_their_names() throws Exception {
        PolymniaServer server = serve(SCRIPT);

        JsonNode body = json(get(server.url() + "/models").body());

        assertThat(body.get("data"))
                .extracting(each -> each.get("id").asString())
                .contains("scripted", "scripted:contemplating", "thinking");
        assertThat(
                        json(get(server.url() + "/models/scripted:thinking").body())
                                .get("id")
                                .asString())
                .isEqualTo("scripted:thinking");
        assertThat(get(server.url() + "/models/gpt").statusCode()).isEqualTo(404);
        HttpResponse<String> nowhere = get(server.url() + "/wherever");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(json(nowhere.body()).at("/error/code").asString()).isEqualTo("unknown_url");
    }

    @Test
    void with_keys_nobody_is_let_in_without_one() throws Exception {
        PolymniaServer server = serve(SCRIPT, KEY);
        String body = "{\"model\": \"instant\", %s}".formatted(ASKED);

        assertThat(chat(server, body).statusCode()).isEqualTo(401);
        assertThat(chat(server, body, "Authorization", "Bearer " + KEY + "x").statusCode())
                .isEqualTo(401);
        assertThat(chat(server, body, "Authorization", "Bearer " + KEY).statusCode())
                .isEqualTo(200);
        assertThat(chat(server, body, "x-api-key", KEY).statusCode()).isEqualTo(200);
        assertThat(get(server.url() + "/models").statusCode()).isEqualTo(401);
        String health = server.url().replace("/v1", "/healthz");
        assertThat(get(health).statusCode()).isEqualTo(200);
        assertThat(chat(server, body).body()).doesNotContain(KEY);
    }

    @Test
    void without_keys_pages_from_elsewhere_are_not_let_in() throws Exception {
        PolymniaServer server = serve(SCRIPT);
        String body = "{\"model\": \"instant\", %s}".formatted(ASKED);

        assertThat(chat(server, body, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(chat(server, body, "Origin", "http://localhost:3000").statusCode())
                .isEqualTo(200);
        assertThat(chat(server, body, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    }

    @Test
    void what_has_no_body_needs_no_type_unless_a_page_from_elsewhere_sends_it() throws Exception {
        PolymniaServer server = serve(SCRIPT);
        String cancel = server.url() + "/responses/%s/cancel";
        String body = "{\"model\": \"instant\", \"input\": \"How many?\", \"background\": true}";
        String id = json(post(server, "/responses", body).body()).get("id").asString();

        assertThat(bare(cancel.formatted(id), "").statusCode()).isEqualTo(200);
        assertThat(bare(cancel.formatted("resp_x"), "").statusCode()).isEqualTo(404);
        assertThat(bare(server.url() + "/responses", "").statusCode()).isEqualTo(400);
        assertThat(bare(server.url() + "/responses", body).statusCode()).isEqualTo(415);
        for (String origin : List.of("https://evil.example", "null")) {
            assertThat(bare(cancel.formatted(id), "", "Origin", origin).statusCode())
                    .isEqualTo(403);
        }
        String form = "application/x-www-form-urlencoded";
        assertThat(bare(cancel.formatted(id), "", "Content-Type", form).statusCode())
                .isEqualTo(415);
    }

    /// Posts with no header that is not named; in chunks, where there is something to send.
    private HttpResponse<String> bare(String url, String body, String... headers) throws Exception {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(body.getBytes(UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).POST(publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_network_is_not_served_without_a_key() {
        assertThatThrownBy(() -> new ServerOptions("0.0.0.0", 0, Set.of()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("0.0.0.0");
        assertThatThrownBy(() -> new ServerOptions("127.0.0.1", 0, Set.of("short")))
                .isInstanceOf(Fault.class);
        assertThat(new ServerOptions("0.0.0.0", 0, Set.of(KEY)).toString()).doesNotContain(KEY);
    }

    @Test
    void a_port_that_is_taken_is_said() {
        PolymniaServer server = serve(SCRIPT);

        assertThatThrownBy(() -> serveAt(SCRIPT, server.port()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE))
                .hasMessageContaining(Integer.toString(server.port()));
    }
}
