package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import dev.polymnia.testkit.FakeServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent to an endpoint, and what is made of its answers.
final class GenerationTest extends RemoteFixture {
    private static final FakeServer.Answer FORTY_TWO =
            call ->
                    call.stream()
                            .delta(0, "\"role\":\"assistant\",\"content\":null")
                            .says(0, "Forty")
                            .says(0, "-two.")
                            .finish(0, "stop")
                            .usage(31, 7, 3)
                            .done();

    private static final ModelProfile TAGGED =
            new ModelProfile(
                    new ReasoningSwitch.Tagged(
                            "<think>",
                            "</think>",
                            Map.of("enable_thinking", true),
                            Map.of("enable_thinking", false)),
                    instructed().modes());

    @Test
    void an_answer_comes_with_its_words_and_its_cost() {
        server.then(FORTY_TWO);
        RemoteModel model = model();

        try (Trunk trunk = model.open(PROMPT)) {
            assertThat(trunk.tokens()).isZero();
            BranchResult result = trunk.fork(new BranchRequest(PROMPT, OPTIONS), told).await();

            assertThat(result.message()).isEqualTo(Message.assistant("Forty-two."));
            assertThat(result.reason()).isEqualTo(StopReason.END);
            assertThat(result.usage()).isEqualTo(new Usage(7, 24, 3));
            assertThat(result.meanLogProbability()).isNaN();
            assertThat(trunk.tokens()).isEqualTo(31);
            assertThat(told.events()).first().isEqualTo(new BranchEvent.Started(0, 0));
            assertThat(told.events()).last().isEqualTo(new BranchEvent.Ended(result));
            assertThat(told.words(Channel.ANSWER)).isEqualTo("Forty-two.");
        }
    }

    @Test
    void a_request_holds_what_the_specification_has_and_no_more() {
        server.then(FORTY_TWO);

        ask(model(), OPTIONS.withSeed(-1).withSampling(new Sampling(0.5, 3, 0.9, 0.1, 1.2)));

        FakeServer.Call call = server.calls().getFirst();
        JsonNode sent = json(call);
        assertThat(sent.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "model",
                        "messages",
                        "max_tokens",
                        "temperature",
                        "top_p",
                        "seed",
                        "stream",
                        "stream_options");
        assertThat(sent.path("messages"))
                .hasToString(
                        "[{\"content\":\"Be short.\",\"role\":\"system\"},"
                                + "{\"content\":\"What is 6 times 7?\",\"role\":\"user\"}]");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(20);
        assertThat(sent.path("seed").asLong()).isEqualTo(Integer.MAX_VALUE);
        assertThat(sent.path("model").asText()).isEqualTo("tiny");
        assertThat(call.path()).isEqualTo("/v1/chat/completions");
        assertThat(call.headers().keySet())
                .containsExactlyInAnyOrder(
                        "user-agent",
                        "accept",
                        "content-type",
                        "content-length",
                        "host",
                        "connection",
                        "accept-encoding");
        assertThat(call.headers()).containsEntry("user-agent", "polymnia");
    }

    @ParameterizedTest
    @CsvSource({
        "llamacpp, repeat_penalty",
        "vllm, repetition_penalty",
        "sglang, repetition_penalty"
    })
    void known_servers_are_sent_all_samplers_and_the_switch(String owner, String penalty) {
        server.models(FakeServer.list("tiny", owner, "")).then(FORTY_TWO);
        RemoteModel model = model(options(), name -> TAGGED);

        ask(model, OPTIONS.withSampling(new Sampling(0.5, 0, 0.9, 0.1, 1.2)));

        JsonNode sent = json(server.calls().getFirst());
        assertThat(sent.path("top_k").asInt()).isEqualTo(-1);
        assertThat(sent.path("min_p").asDouble()).isEqualTo(0.1);
        assertThat(sent.path(penalty).asDouble()).isEqualTo(1.2);
        assertThat(sent.path("chat_template_kwargs")).hasToString("{\"enable_thinking\":false}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "reasoning_content"})
    void thoughts_of_a_field_of_their_own_are_reasoning(String field) {
        server.then(call ->
                call.stream()
                        .delta(0, "\"" + field + "\":\"Six \"")
                        .delta(0, "\"" + field + "\":\"sevens.\",\"content\":null")
                        .says(0, "42")
                        .finish(0, "stop")
                        .done());

        BranchResult result = ask(model());

        assertThat(result.message().parts())
                .containsExactly(new Content.Reasoning("Six sevens."), new Content.Text("42"));
        assertThat(told.words(Channel.REASONING)).isEqualTo("Six sevens.");
        assertThat(told.words(Channel.ANSWER)).isEqualTo("42");
    }

    @Test
    void thoughts_between_tags_are_reasoning_if_the_profile_says_so() {
        FakeServer.Answer tagged =
                call ->
                        call.stream()
                                .says(0, "<th")
                                .says(0, "ink>Six sevens.</think>42")
                                .finish(0, "stop")
                                .done();
        server.then(tagged);

        assertThat(ask(model(options(), name -> TAGGED)).message().parts())
                .containsExactly(new Content.Reasoning("Six sevens."), new Content.Text("42"));
        assertThat(ask(model()).message().text()).isEqualTo("<think>Six sevens.</think>42");
    }

    @Test
    void tokens_are_described_when_the_endpoint_tells() {
        server.then(call ->
                call.stream()
                        .data(
                                """
                                {"choices":[{"index":0,"delta":{"content":"42"},"logprobs":{"content":[\
                                {"id":9,"token":"4","logprob":-0.5,"top_logprobs":[{"token":"4","logprob":-0.5},{"token":"5","logprob":-1.5}]},\
                                {"token":"2","logprob":-0.25,"top_logprobs":[]}]}}]}\
                                """)
                        .finish(0, "length")
                        .usage(5, 0, 2)
                        .done());

        BranchResult result = ask(model(), OPTIONS.withDetail(new Detail(true, 2, 0)));

        List<TokenDetail> tokens = told.tokens();
        assertThat(tokens.getFirst()).isEqualTo(new TokenDetail(9, "4", -0.5, 1.0, List.of()));
        assertThat(tokens.getLast().id()).isEqualTo(-1);
        assertThat(tokens.getLast().confidence()).isNaN();
        assertThat(result.meanLogProbability()).isCloseTo(-0.375, within(1e-9));
        JsonNode sent = json(server.calls().getFirst());
        assertThat(sent.path("logprobs").asBoolean()).isTrue();
        assertThat(sent.path("top_logprobs").asInt()).isEqualTo(2);
    }

    @Test
    void alternatives_come_in_order_and_the_confidence_has_its_own_number_of_them() {
        server.then(call ->
                call.stream()
                        .data(
                                """
                                {"choices":[{"index":0,"delta":{"content":"no"},"logprobs":{"content":[\
                                {"token":"no","logprob":-3.0,"top_logprobs":[{"token":"no","logprob":-3.0},\
                                {"id":7,"token":"yes","logprob":-0.5},{"token":"?"},\
                                {"token":" yes","logprob":-1.0},{"token":"so","logprob":-4.0}]}]}}]}\
                                """)
                        .finish(0, "length")
                        .done());

        BranchResult _ = ask(model(), OPTIONS.withDetail(new Detail(true, 2, 3)));

        assertThat(told.tokens())
                .containsExactly(
                        new TokenDetail(
                                -1,
                                "no",
                                -3.0,
                                0.75,
                                List.of(
                                        new TokenDetail.Alternative(7, "yes", -0.5),
                                        new TokenDetail.Alternative(-1, " yes", -1.0),
                                        new TokenDetail.Alternative(-1, "no", -3.0))));
        assertThat(json(server.calls().getFirst()).path("top_logprobs").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"21, 0", "0, 21"})
    void more_alternatives_than_the_specification_has_are_not_asked_for(
            int confidence, int alternatives) {
        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> ask(model(), OPTIONS.withDetail(new Detail(true, confidence, alternatives))),
                "at most 20");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void an_endpoint_that_does_not_tell_probabilities_is_used_without() {
        server.then(FORTY_TWO);

        BranchResult result = ask(model(), OPTIONS.withDetail(Detail.LOG_PROBABILITIES));

        assertThat(result.meanLogProbability()).isNaN();
        assertThat(result.message().text()).isEqualTo("Forty-two.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logprobs are not supported with reasoning models | logprobs",
                "Unsupported value: 'temperature' does not support 0 with this model | temperature",
                "Unrecognized request argument supplied: stream_options | stream_options",
                "Extra inputs are not permitted: seed | seed",
                "Unsupported: 'max_tokens'. Use 'max_completion_tokens' instead | max_tokens"
            })
    void what_an_endpoint_refuses_is_left_out_and_remembered(String message, String field) {
        server.then(call -> call.error(400, message), FORTY_TWO);
        RemoteModel model = model();
        GenerationOptions options = OPTIONS.withDetail(Detail.LOG_PROBABILITIES);

        assertThat(ask(model, options).message().text()).isEqualTo("Forty-two.");
        assertThat(ask(model, options).message().text()).isEqualTo("Forty-two.");

        List<FakeServer.Call> calls = server.calls();
        assertThat(calls).hasSize(3);
        assertThat(json(calls.get(0)).has(field)).isTrue();
        assertThat(json(calls.get(1)).has(field)).isFalse();
        assertThat(json(calls.get(2)).has(field)).isFalse();
        assertThat(json(calls.get(2)).path("max_completion_tokens").asInt())
                .isEqualTo(field.equals("max_tokens") ? 20 : 0);
        assertThat(model.info().can(Capability.LOG_PROBABILITIES))
                .isEqualTo(!field.equals("logprobs"));
    }

    @Test
    void a_refused_switch_is_left_out() {
        server.models(FakeServer.list("tiny", "vllm", ""))
                .then(
                        call ->
                                call.json(
                                        422,
                                        "{\"detail\":[{\"loc\":[\"body\",\"chat_template_kwargs\"],\"msg\":\"no\"}]}"),
                        FORTY_TWO);
        RemoteModel model = model(options(), name -> TAGGED);

        ask(model);

        assertThat(json(server.calls().getLast()).has("chat_template_kwargs")).isFalse();
    }

    @Test
    void a_stop_string_ends_the_call() {
        server.then(call -> call.stream().says(0, "One. Tw").says(0, "o. Three").awaitGone());

        BranchResult result = ask(model(), OPTIONS.withStops(List.of("Two")));

        assertThat(result.reason()).isEqualTo(StopReason.STOP_STRING);
        assertThat(result.message().text()).isEqualTo("One. ");
        assertThat(json(server.calls().getFirst()).has("stop")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool_calls", "stop"})
    void tool_calls_are_put_together(String finish) {
        server.then(call ->
                call.stream()
                        .delta(0, tool(0, "\"id\":\"a\",", "\"name\":\"add\",\"arguments\":\"\""))
                        .delta(0, tool(1, "\"id\":\"b\",", "\"name\":\"now\",\"arguments\":\"{}\""))
                        .delta(0, tool(0, "", "\"arguments\":\"{\\\"x\\\"\""))
                        .delta(0, tool(0, "", "\"arguments\":\":1}\""))
                        .finish(0, finish)
                        .done());
        ToolSpec spec = new ToolSpec("add", "adds", "{\"type\":\"object\"}", true);
        Prompt prompt = PROMPT.withTools(List.of(spec));

        BranchResult result = model().generate(new BranchRequest(prompt, OPTIONS), told);

        Content.ToolCall add = new Content.ToolCall("a", "add", "{\"x\":1}");
        Content.ToolCall now = new Content.ToolCall("b", "now", "{}");
        assertThat(result.reason()).isEqualTo(StopReason.TOOL_CALL);
        assertThat(result.message().parts()).contains(add, now);
        assertThat(told.events())
                .containsSubsequence(new BranchEvent.Called(add), new BranchEvent.Called(now));
        JsonNode function = json(server.calls().getFirst()).path("tools").path(0).path("function");
        assertThat(function.path("name").asText()).isEqualTo("add");
        assertThat(function.path("parameters")).hasToString("{\"type\":\"object\"}");
    }

    private static String tool(int index, String id, String function) {
        return "\"tool_calls\":[{\"index\":%d,%s\"type\":\"function\",\"function\":{%s}}]"
                .formatted(index, id, function);
    }

    @Test
    void a_conversation_with_pictures_and_tools_is_sent_whole() {
        server.then(FORTY_TWO);
        Content.ToolCall call = new Content.ToolCall("a", "look", "{}");
        Prompt prompt =
                Prompt.of(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Content.Text("What is it?"),
                                        new Content.Image(
                                                new Media("image/png", new byte[] {1, 2})))),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Content.Reasoning("Hm."),
                                        new Content.Text("Let me see."),
                                        call)),
                        new Message(
                                Role.TOOL,
                                List.of(
                                        new Content.ToolResult(
                                                "a",
                                                "look",
                                                List.of(new Content.Text("a fox")),
                                                false))));

        BranchResult _ = model().generate(new BranchRequest(prompt, OPTIONS), told);

        JsonNode messages = json(server.calls().getFirst()).path("messages");
        assertThat(messages.path(0).path("content").path(1).path("image_url").path("url").asText())
                .isEqualTo("data:image/png;base64,AQI=");
        assertThat(messages.path(1).path("tool_calls").path(0).path("id").asText()).isEqualTo("a");
        assertThat(messages.path(1).toString()).doesNotContain("Hm.");
        assertThat(messages.path(2).path("role").asText()).isEqualTo("tool");
        assertThat(messages.path(2).path("content").asText()).isEqualTo("a fox");
        assertThat(messages.path(2).path("tool_call_id").asText()).isEqualTo("a");
    }

    @Test
    void pictures_are_refused_where_they_are_known_not_to_be_seen() {
        server.models(
                FakeServer.list(
                        "tiny", "llamacpp", ",\"architecture\":{\"input_modalities\":[\"text\"]}"));
        Prompt prompt =
                Prompt.of(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Content.Image(
                                                new Media("image/png", new byte[] {1})))));

        assertFault(
                Fault.Code.UNSUPPORTED, () -> model().open(prompt), "takes no pictures", "tiny");
    }

    @ParameterizedTest
    @CsvSource({"llamacpp, true", "vllm, true", "library, false", "openai, false"})
    void an_answer_is_begun_only_where_it_is_continued(String owner, boolean continues) {
        server.models(FakeServer.list("tiny", owner, "")).then(FORTY_TWO);
        RemoteModel model = model();
        BranchRequest begun = new BranchRequest(PROMPT.withBeginning("It is "), OPTIONS);

        assertThat(model.info().can(Capability.BEGINNING)).isEqualTo(continues);
        if (!continues) {
            assertFault(Fault.Code.UNSUPPORTED, () -> model.generate(begun, told), "begin");
            return;
        }
        BranchResult result = model.generate(begun, told);

        assertThat(result.message().text()).isEqualTo("It is Forty-two.");
        assertThat(told.words(Channel.ANSWER)).isEqualTo("Forty-two.");
        JsonNode sent = json(server.calls().getFirst());
        assertThat(sent.path("messages").path(2).path("role").asText()).isEqualTo("assistant");
        assertThat(sent.path("messages").path(2).path("content").asText()).isEqualTo("It is ");
        assertThat(sent.path("continue_final_message").asBoolean()).isEqualTo(owner.equals("vllm"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llamacpp | ,\"meta\":{\"n_ctx\":2048,\"n_ctx_train\":8192} | 2048",
                "vllm | ,\"max_model_len\":4096 | 4096",
                "openrouter | ,\"context_length\":200000 | 200000",
                "groq | ,\"context_window\":131000 | 131000",
                "openai | ,\"context_length\":\"many\" | 131072",
                "library | '' | 131072"
            })
    void the_context_is_what_the_endpoint_says(String owner, String more, int expected) {
        server.models(FakeServer.list("tiny", owner, more));

        assertThat(model().info().contextTokens()).isEqualTo(expected);
    }

    @Test
    void an_older_llama_server_tells_its_context_elsewhere() {
        server.models(call ->
                call.json(
                        200,
                        call.path().equals("/props")
                                ? "{\"default_generation_settings\":{\"n_ctx\":1024}}"
                                : FakeServer.list(
                                        "tiny", "llamacpp", ",\"meta\":{\"n_ctx_train\":8192}")));

        assertThat(model().info().contextTokens()).isEqualTo(1024);
    }

    @Test
    void capabilities_are_true() {
        assertThat(model().info().capabilities())
                .containsExactlyInAnyOrder(
                        Capability.SHARED_PREFIXES,
                        Capability.LOG_PROBABILITIES,
                        Capability.ALTERNATIVES,
                        Capability.SCHEMA,
                        Capability.LOGIT_BIAS,
                        Capability.IMAGES,
                        Capability.TOOLS);
    }

    @ParameterizedTest
    @CsvSource({"-5, 0, -9", "31, 99, 3000000", "0, 0, 0", "900000000, 0, 2000000000"})
    void a_bill_of_nonsense_is_not_believed(long prompt, long cached, long generated) {
        server.then(call ->
                call.stream()
                        .says(0, "Forty")
                        .says(0, "-two.")
                        .finish(0, "stop")
                        .usage(prompt, cached, generated)
                        .done());

        Usage usage = ask(model()).usage();

        assertThat(usage.generated()).isEqualTo(3); // two pieces and the end
        assertThat(usage.cached()).isZero();
        assertThat(usage.prompt()).isEqualTo(prompt == 31 ? 31 : 0);
    }

    @Test
    void without_a_bill_what_came_is_counted() {
        server.then(call -> call.stream().says(0, "Forty").says(0, "-two.").finish(0, "stop"));

        assertThat(ask(model()).usage()).isEqualTo(new Usage(0, 0, 3));
    }

    @Test
    void a_bill_with_every_piece_is_read_at_its_end() {
        String piece =
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":%s}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":%d,\"total_tokens\":0}}";
        server.then(call ->
                call.stream()
                        .data(piece.formatted("null", 1))
                        .data(piece.formatted("\"length\"", 2))
                        .done());

        assertThat(ask(model()).usage()).isEqualTo(new Usage(0, 9, 2));
    }
}
