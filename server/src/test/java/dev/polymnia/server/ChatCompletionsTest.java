package dev.polymnia.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ChatCompletionsTest extends ServerFixture {
    private static final Script LEFT_SCRIPT = (_, _) -> Reply.of(LEFT);

    @Test
    void a_lone_agent_answers_with_its_thoughts_apart() throws Exception {
        JsonNode body = answer(serve(LEFT_SCRIPT), "\"model\": \"thinking\", \"seed\": 7");

        assertThat(body.at("/object").asString()).isEqualTo("chat.completion");
        assertThat(body.at("/model").asString()).isEqualTo("thinking");
        assertThat(body.at("/choices/0/message/role").asString()).isEqualTo("assistant");
        assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("31");
        assertThat(body.at("/choices/0/message/reasoning_content").asString())
                .isEqualTo("36 - 5 = 31.\n");
        assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(body.at("/polymnia/mode").asString()).isEqualTo("thinking");
        assertThat(body.at("/polymnia/seed").asLong()).isEqualTo(7);
        long written = body.at("/usage/completion_tokens").asLong();
        assertThat(written).isPositive();
        assertThat(body.at("/usage/total_tokens").asLong())
                .isEqualTo(body.at("/usage/prompt_tokens").asLong() + written);
        assertThat(body.at("/usage/completion_tokens_details/reasoning_tokens").asLong())
                .isPositive()
                .isLessThan(written);
    }

    @Test
    void a_team_answers_with_what_it_came_to_and_what_it_cost() throws Exception {
        JsonNode body =
                answer(
                        serve(LEFT_SCRIPT),
                        "\"model\": \"contemplating\", \"polymnia\": {\"agents\": 4}");

        assertThat(body.at("/choices/0/message/content").asString()).isEqualTo("31");
        assertThat(body.at("/choices/0/message/reasoning_content").asString())
                .contains("Agent 1: 31\n", "Votes: 31 × 4\n");
        assertThat(body.at("/polymnia/ledger/agents").size()).isEqualTo(4);
        assertThat(body.at("/polymnia/answer").asString()).isEqualTo("31");
    }

    @Test
    void a_stream_has_the_same_in_pieces() throws Exception {
        HttpResponse<String> response =
                chat(
                        serve(LEFT_SCRIPT),
                        "{\"model\": \"thinking\", \"stream\": true, \"stream_options\": {\"include_usage\": true}, %s}"
                                .formatted(ASKED));

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        List<JsonNode> chunks = chunks(response.body());
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
        assertThat(words(chunks, "content")).isEqualTo("31");
        assertThat(words(chunks, "reasoning_content")).isEqualTo("36 - 5 = 31.\n");
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
                .isEqualTo("stop");
        assertThat(chunks.getLast().at("/choices").size()).isZero();
        assertThat(chunks.getLast().at("/usage/completion_tokens").asLong()).isPositive();
        assertThat(chunks)
                .extracting(chunk -> chunk.get("id").asString())
                .containsOnly(chunks.getFirst().get("id").asString());
    }

    @Test
    void a_stream_carries_the_branches_for_who_wants_them() throws Exception {
        HttpResponse<String> response =
                chat(
                        serve(LEFT_SCRIPT),
                        "{\"model\": \"contemplating\", \"stream\": true, \"polymnia\": {\"agents\": 4, \"events\": true}, %s}"
                                .formatted(ASKED));

        List<JsonNode> chunks = chunks(response.body());
        List<String> types =
                chunks.stream().map(chunk -> chunk.at("/polymnia/type").asString("")).toList();
        assertThat(types)
                .containsSubsequence(
                        "run_started",
                        "agent_started",
                        "delta",
                        "agent_finished",
                        "tally",
                        "stopped_early",
                        "answer_delta",
                        "run_finished");
        assertThat(
                        chunks.stream()
                                .filter(chunk ->
                                        chunk.at("/polymnia/type").asString("").equals("delta"))
                                .map(chunk -> chunk.at("/polymnia/branch").asInt()))
                .contains(0, 1, 2, 3);
        assertThat(words(chunks, "content")).isEqualTo("31");
    }

    private static String words(List<JsonNode> chunks, String field) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/" + field).asString(""))
                .collect(joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"model\": \"scripted\"'|thinking",
                "'\"model\": \"scripted:instant\"'|instant",
                "'\"model\": \"contemplating\"'|contemplating",
                "'\"model\": \"scripted\", \"reasoning_effort\": \"minimal\"'|instant",
                "'\"model\": \"scripted\", \"reasoning_effort\": \"medium\"'|thinking",
                "'\"model\": \"scripted\", \"reasoning_effort\": \"high\"'|contemplating",
                "'\"model\": \"instant\", \"reasoning_effort\": \"high\"'|instant",
                "'\"model\": \"instant\", \"polymnia\": {\"mode\": \"thinking\"}'|thinking",
            })
    void the_mode_is_what_is_said_most_plainly(String fields, String mode) throws Exception {
        assertThat(answer(serve(LEFT_SCRIPT), fields).at("/polymnia/mode").asString())
                .isEqualTo(mode);
    }

    @Test
    void wishes_for_the_words_reach_the_model() throws Exception {
        BlockingQueue<GenerationOptions> asked = new LinkedBlockingQueue<>();
        Script script =
                (request, _) -> {
                    asked.add(request.options());
                    return Reply.of("one two three four");
                };

        JsonNode body =
                answer(
                        serve(script),
                        "\"model\": \"instant\", \"temperature\": 0.5, \"top_p\": 0.9,"
                                + " \"max_tokens\": 2, \"stop\": \"four\"");

        GenerationOptions options = asked.take();
        assertThat(options.sampling().temperature()).isEqualTo(0.5);
        assertThat(options.sampling().topP()).isEqualTo(0.9);
        assertThat(options.stops()).containsExactly("four");
        assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(body.at("/usage/completion_tokens").asLong()).isEqualTo(2);
    }

    @Test
    void a_budget_holds_and_says_so() throws Exception {
        JsonNode body =
                answer(
                        serve((_, _) -> Reply.of("a b c d e f")),
                        "\"model\": \"instant\", \"polymnia\": {\"budget\": {\"tokens\": 3}}");

        assertThat(body.at("/usage/completion_tokens").asLong()).isEqualTo(3);
        assertThat(body.at("/polymnia/partial").asBoolean()).isTrue();
        assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    }

    @Test
    void what_changes_nothing_is_accepted_and_named() throws Exception {
        HttpResponse<String> response =
                chat(
                        serve(LEFT_SCRIPT),
                        "{\"model\": \"contemplating\", \"user\": \"u\", \"metadata\": {}, \"temperature\": 0, \"n\": 1, \"tools\": [], %s}"
                                .formatted(ASKED));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Polymnia-Ignored").orElseThrow().split(", "))
                .containsExactlyInAnyOrder("user", "metadata", "temperature");
    }

    @Test
    void the_tokens_of_an_instant_answer_come_with_their_probabilities() throws Exception {
        PolymniaServer server = serve((_, _) -> Reply.of("It is 31."));
        String asked = "\"model\": \"instant\", \"logprobs\": true, \"top_logprobs\": 2";

        JsonNode told = answer(server, asked).at("/choices/0/logprobs/content");
        List<JsonNode> chunks =
                chunks(chat(server, "{%s, \"stream\": true, %s}".formatted(asked, ASKED)).body());

        assertThat(joined(told)).isEqualTo("It is 31.");
        assertThat(told.valueStream())
                .allSatisfy(each -> {
                    assertThat(each.get("logprob").asDouble()).isNegative();
                    assertThat(each.get("top_logprobs").size()).isEqualTo(2);
                    assertThat(each.at("/top_logprobs/0/token")).isEqualTo(each.get("token"));
                    assertThat(each.get("bytes").size())
                            .isEqualTo(each.get("token").asString().length());
                });
        List<JsonNode> streamed = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            JsonNode content = chunk.at("/choices/0/logprobs/content");
            content.forEach(streamed::add);
            String words = chunk.at("/choices/0/delta/content").asString("");
            assertThat(joined(content)).isEqualTo(words);
        }
        assertThat(streamed).isEqualTo(told.valueStream().toList());
        assertThat(answer(server, "\"model\": \"instant\"").at("/choices/0/logprobs").isNull())
                .isTrue();
    }

    @Test
    void several_answers_are_told_each_by_itself() throws Exception {
        List<String> words = List.of("It is 31.", "30, I think.", "31 are left.");
        Script script = (_, index) -> Reply.of(words.get(index % 3));
        PolymniaServer server = serve(script);
        String asked = "\"model\": \"instant\", \"n\": 3, \"logprobs\": true";

        JsonNode whole = answer(server, asked);
        List<JsonNode> chunks =
                chunks(
                        chat(
                                        server,
                                        "{%s, \"stream\": true, \"stream_options\": {\"include_usage\": true}, %s}"
                                                .formatted(asked, ASKED))
                                .body());

        assertThat(whole.at("/choices").valueStream())
                .extracting(choice -> choice.at("/message/content").asString())
                .isEqualTo(words);
        assertThat(whole.at("/choices").valueStream())
                .allSatisfy(choice -> {
                    assertThat(choice.get("finish_reason").asString()).isEqualTo("stop");
                    assertThat(joined(choice.at("/logprobs/content")))
                            .isEqualTo(choice.at("/message/content").asString());
                });
        for (int i = 0; i < 3; i++) {
            int index = i;
            List<JsonNode> own =
                    chunks.stream()
                            .map(chunk -> chunk.at("/choices/0"))
                            .filter(choice -> choice.path("index").asInt(-1) == index)
                            .toList();
            assertThat(own.getFirst().at("/delta/role").asString()).isEqualTo("assistant");
            assertThat(
                            own.stream()
                                    .map(choice -> choice.at("/delta/content").asString(""))
                                    .collect(joining()))
                    .isEqualTo(words.get(i));
            assertThat(
                            own.stream()
                                    .map(choice -> joined(choice.at("/logprobs/content")))
                                    .collect(joining()))
                    .isEqualTo(words.get(i));
            assertThat(own.getLast().get("finish_reason").asString()).isEqualTo("stop");
        }
        JsonNode usage = chunks.getLast().get("usage");
        assertThat(chunks.getLast().get("choices").size()).isZero();
        assertThat(usage.get("completion_tokens")).isEqualTo(whole.at("/usage/completion_tokens"));
    }

    private static String joined(JsonNode tokens) {
        return tokens.valueStream().map(each -> each.get("token").asString()).collect(joining());
    }

    @Test
    void a_failure_of_the_model_is_an_error_in_the_stream() throws Exception {
        HttpResponse<String> response =
                chat(
                        serve((_, _) -> Reply.of(LEFT).failingAfter(3)),
                        "{\"model\": \"instant\", \"stream\": true, %s}".formatted(ASKED));

        assertThat(chunks(response.body()).getLast().at("/error/type").asString())
                .isEqualTo("server_error");
    }

    @Test
    void a_client_that_goes_ends_its_run() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        Script script =
                (request, _) -> {
                    var _ = request.options().cancellation().onRequest(cancelled::countDown);
                    return Reply.of(LEFT);
                };
        // One word, and no more.
        ScriptedModel model = ScriptedModel.of(script).afterStep(() -> await(cancelled));
        PolymniaServer server = serve(List.of(model));
        byte[] body =
                "{\"model\": \"instant\", \"stream\": true, %s}"
                        .formatted(ASKED)
                        .getBytes(StandardCharsets.UTF_8);

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            String head =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(body.length);
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(15), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200 OK");
        }

        assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
