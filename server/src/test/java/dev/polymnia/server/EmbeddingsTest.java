package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.model.Embedder;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedEmbedder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// OpenAI's Embeddings.
@Timeout(60)
final class EmbeddingsTest extends ServerFixture {
    private static final String MODEL = "\"model\": \"scripted-embedder\"";
    private static final ServerOptions OPTIONS =
            new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of());

    private PolymniaServer serve() {
        return serve((_, _) -> Reply.of(LEFT));
    }

    private HttpResponse<String> embed(PolymniaServer server, String fields) throws Exception {
        return post(server, "/embeddings", "{%s, %s}".formatted(MODEL, fields));
    }

    private static float[] vector(JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).asDouble();
        }
        return vector;
    }

    @Test
    void each_text_has_a_vector_in_its_place() throws Exception {
        HttpResponse<String> response =
                embed(serve(), "\"input\": [\"a cat\", \"rain\", \"cat a\"]");

        JsonNode body = json(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Polymnia-Ignored")).isEmpty();
        assertThat(body.get("object").asString()).isEqualTo("list");
        assertThat(body.get("model").asString()).isEqualTo("scripted-embedder");
        assertThat(body.get("data").valueStream().map(each -> each.get("index").asInt()))
                .containsExactly(0, 1, 2);
        assertThat(body.at("/data/0/object").asString()).isEqualTo("embedding");
        List<float[]> wanted = embedder.embed(List.of("a cat", "rain", "cat a"));
        for (int i = 0; i < 3; i++) {
            assertThat(vector(body.get("data").get(i).get("embedding")))
                    .containsExactly(wanted.get(i));
        }
        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(4 + 3 + 4);
        assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(4 + 3 + 4);
    }

    @Test
    void a_single_text_may_be_packed() throws Exception {
        HttpResponse<String> response =
                embed(
                        serve(),
                        "\"input\": \"a cat\", \"encoding_format\": \"base64\", \"dimensions\": 27,"
                                + " \"user\": \"ada\"");

        assertThat(response.headers().firstValue("Polymnia-Ignored")).contains("user");
        JsonNode data = json(response.body()).get("data");
        assertThat(data.size()).isEqualTo(1);
        byte[] packed = Base64.getDecoder().decode(data.get(0).get("embedding").asString());
        float[] numbers = new float[packed.length / Float.BYTES];
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        assertThat(numbers)
                .containsExactly(embedder.embed(List.of("a cat")).getFirst(), within(0f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"n\": 1|input|missing",
                "\"input\": null|input|missing",
                "\"input\": \"\"|input|empty",
                "\"input\": {}|input|no string",
                "\"input\": []|input|0 texts",
                "\"input\": [\"a\", \"\"]|input[1]|empty",
                "\"input\": [\"a\", null]|input[1]|no string",
                "\"input\": [15496, 995]|input[0]|tokenizer",
                "\"input\": [[15496, 995]]|input[0]|tokenizer",
                "\"input\": [\"a\", \"b\", \"one two three four five six seven\"]|input[2]|9"
                        + " tokens",
                "\"input\": \"a\", \"encoding_format\": \"int8\"|encoding_format|'int8'",
                "\"input\": \"a\", \"dimensions\": 12|dimensions|27",
                "\"input\": \"a\", \"dimensions\": 0|dimensions|0",
                "\"input\": \"a\", \"truncate\": true|truncate|not supported",
            })
    void what_is_wrong_is_named(String fields, String param, String words) throws Exception {
        HttpResponse<String> response = embed(serve(), fields);

        JsonNode error = json(response.body()).get("error");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error.get("param").asString()).isEqualTo(param);
        assertThat(error.get("message").asString()).contains(words);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
    }

    @Test
    void more_texts_than_openai_takes_are_refused() throws Exception {
        PolymniaServer server = serve();
        String most = "\"a\", ".repeat(2047) + "\"a\"";

        HttpResponse<String> taken = embed(server, "\"input\": [%s]".formatted(most));
        HttpResponse<String> refused = embed(server, "\"input\": [%s, \"a\"]".formatted(most));

        assertThat(json(taken.body()).get("data").size()).isEqualTo(2048);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()).at("/error/message").asString()).contains("2049");
    }

    @Test
    void only_the_embedder_embeds_and_it_is_listed() throws Exception {
        PolymniaServer server = serve();

        HttpResponse<String> chat =
                post(server, "/embeddings", "{\"model\": \"thinking\", \"input\": \"a\"}");
        HttpResponse<String> none = post(server, "/embeddings", "{\"input\": \"a\"}");
        JsonNode listed = json(get(server.url() + "/models/scripted-embedder").body());

        assertThat(chat.statusCode()).isEqualTo(404);
        assertThat(json(chat.body()).at("/error/message").asString())
                .contains("'thinking'", "scripted-embedder");
        assertThat(json(none.body()).at("/error/param").asString()).isEqualTo("model");
        assertThat(listed.get("context_length").asInt()).isEqualTo(8);
        assertThat(chat(server, "{%s, %s}".formatted(MODEL, ASKED)).statusCode()).isEqualTo(404);
    }

    @Test
    void keys_count_here_as_well() throws Exception {
        PolymniaServer server = serve((_, _) -> Reply.of(LEFT), "a-key-that-nobody-guesses");

        assertThat(embed(server, "\"input\": \"a\"").statusCode()).isEqualTo(401);
    }

    /// Embeds when it may.
    private record Slow(Embedder scripted, CountDownLatch begun, CountDownLatch mayEnd)
            implements Embedder {
        @Override
        public String name() {
            return scripted.name();
        }

        @Override
        public int dimensions() {
            return scripted.dimensions();
        }

        @Override
        public int mostTokens() {
            return scripted.mostTokens();
        }

        @Override
        public int tokens(String text) {
            return scripted.tokens(text);
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return scripted.embed(texts);
        }

        @Override
        public void close() {
            scripted.close();
        }
    }

    @Test
    void who_is_too_many_is_told_when_to_come_again() throws Exception {
        Slow slow = new Slow(new ScriptedEmbedder(), new CountDownLatch(1), new CountDownLatch(1));
        embedder = slow;
        PolymniaServer server =
                serve(
                        (_, _) -> Reply.of(LEFT),
                        OPTIONS.withLimits(ServerLimits.USUAL.withRuns(1, 0, Duration.ZERO)),
                        _ -> {});
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first =
                    threads.submit(() -> embed(server, "\"input\": \"a\""));
            slow.begun().await();

            HttpResponse<String> second = embed(server, "\"input\": \"b\"");
            slow.mayEnd().countDown();

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).isPresent();
            assertThat(first.get().statusCode()).isEqualTo(200);
        }
        assertThat(embed(server, "\"input\": \"c\"").statusCode()).isEqualTo(200);
    }
}
