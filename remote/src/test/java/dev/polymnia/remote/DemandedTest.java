package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.testkit.FakeServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a request relies on: schemas, grammars, biases and forced calls, as they are sent, heeded,
/// not heeded and refused.
final class DemandedTest extends RemoteFixture {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"z\":{\"type\":\"integer\"},\"a\":{}},\"required\":[\"z\"]}";
    private static final String GBNF = "root ::= \"yes\" | \"no\"";
    private static final GenerationOptions SCHEMED =
            OPTIONS.withConstraint(new Constraint.JsonSchema(SCHEMA));
    private static final GenerationOptions GRAMMARED =
            OPTIONS.withConstraint(new Constraint.Grammar(GBNF));
    private static final GenerationOptions BIASED =
            OPTIONS.withLogitBias(Map.of(12, -100.0, 7, 1.5));
    private static final Prompt TOOLS =
            PROMPT.withTools(
                    List.of(
                            new ToolSpec("add", "adds", "{\"type\":\"object\"}", true),
                            new ToolSpec("now", "tells the time", "{}", true)));

    private static final FakeServer.Answer JSON = says("{\\\"z\\\":1}");
    private static final FakeServer.Answer WORDS = says("Certainly: 42");

    private static FakeServer.Answer says(String words) {
        return call -> call.stream().says(0, words).finish(0, "stop").usage(9, 0, 4).done();
    }

    private static FakeServer.Answer calls(String tool) {
        return call ->
                call.stream()
                        .delta(
                                0,
                                "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"%s\",\"arguments\":\"{}\"}}]"
                                        .formatted(tool))
                        .finish(0, "tool_calls")
                        .done();
    }

    private JsonNode sent() {
        return json(server.calls().getLast());
    }

    private static JsonNode node(String json) throws JsonProcessingException {
        return ObjectMappers.jsonMapper().readTree(json);
    }

    private RemoteModel model(String owner) {
        server.models(FakeServer.list("tiny", owner, ""));
        return model();
    }

    private BranchResult ask(RemoteModel model, ToolChoice choice) {
        return model.generate(new BranchRequest(TOOLS, OPTIONS.withToolChoice(choice)), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llamacpp", "vllm", "sglang", "library", "somebody"})
    void a_schema_is_sent_to_every_endpoint(String owner) throws JsonProcessingException {
        server.then(JSON);
        RemoteModel model = model(owner);

        BranchResult result = ask(model, SCHEMED);

        assertThat(result.reason()).isEqualTo(StopReason.END);
        assertThat(model.info().can(Capability.SCHEMA)).isTrue();
        assertThat(sent().path("response_format"))
                .isEqualTo(
                        node(
                                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true,\"schema\":"
                                        + SCHEMA
                                        + "}}"));
        // Models write the properties in the order of the schema.
        assertThat(sent().path("response_format").toString()).contains(SCHEMA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llamacpp | {\"grammar\":G}",
                "vllm | {\"structured_outputs\":{\"grammar\":G},\"guided_grammar\":G}",
                "sglang | {\"ebnf\":G}"
            })
    void a_grammar_is_sent_as_the_endpoint_knows_it(String owner, String fields)
            throws JsonProcessingException {
        server.then(says("yes"));
        RemoteModel model = model(owner);

        ask(model, GRAMMARED);

        assertThat(model.info().can(Capability.GRAMMAR)).isTrue();
        String gbnf = ObjectMappers.jsonMapper().writeValueAsString(GBNF);
        JsonNode expected = node(fields.replace("G", gbnf));
        expected.properties()
                .forEach(field ->
                        assertThat(sent().path(field.getKey())).isEqualTo(field.getValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"library", "somebody"})
    void a_grammar_is_not_asked_for_where_nobody_would_heed_it(String owner) {
        RemoteModel model = model(owner);

        assertFault(Fault.Code.UNSUPPORTED, () -> ask(model, GRAMMARED), "to a grammar");
        assertThat(model.info().can(Capability.GRAMMAR)).isFalse();
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void a_bias_is_sent_by_the_numbers_of_tokens() throws JsonProcessingException {
        server.then(WORDS);

        ask(model(), BIASED);

        assertThat(sent().path("logit_bias")).isEqualTo(node("{\"7\":1.5,\"12\":-100}"));
    }

    @Test
    void ollama_is_not_asked_for_a_bias_that_it_passes_over() {
        assertFault(Fault.Code.UNSUPPORTED, () -> ask(model("library"), BIASED), "no logit bias");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void what_nobody_demands_is_not_sent() {
        server.then(WORDS);

        ask(model("vllm"), OPTIONS.withPriority(Priority.BACKGROUND));

        for (String field :
                List.of(
                        "response_format",
                        "structured_outputs",
                        "guided_grammar",
                        "logit_bias",
                        "tool_choice",
                        "priority")) {
            assertThat(sent().has(field)).as(field).isFalse();
        }
    }

    @Test
    void a_choice_of_tools_is_sent() throws JsonProcessingException {
        server.then(calls("add"));
        RemoteModel model = model();

        assertThat(ask(model, ToolChoice.REQUIRED).reason()).isEqualTo(StopReason.TOOL_CALL);
        assertThat(sent().path("tool_choice").asText()).isEqualTo("required");

        assertThat(ask(model, new ToolChoice.Named("add")).reason())
                .isEqualTo(StopReason.TOOL_CALL);
        assertThat(sent().path("tool_choice"))
                .isEqualTo(node("{\"type\":\"function\",\"function\":{\"name\":\"add\"}}"));

        ask(model, ToolChoice.AUTO);
        assertThat(sent().has("tool_choice")).isFalse();

        ask(model, ToolChoice.NONE);
        assertThat(sent().path("tool_choice").asText()).isEqualTo("none");
    }

    @Test
    void without_tools_no_choice_is_sent() {
        server.then(WORDS);

        ask(model(), OPTIONS.withToolChoice(ToolChoice.NONE));

        assertThat(sent().has("tool_choice")).isFalse();
    }

    @Test
    void a_call_that_nobody_wants_is_none() {
        server.then(calls("add"));

        BranchResult result = ask(model(), ToolChoice.NONE);

        assertThat(result.reason()).isEqualTo(StopReason.END);
        assertThat(result.message().parts()).containsExactly(new Content.Text(""));
        assertThat(told.events()).noneMatch(BranchEvent.Called.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'response_format' of type 'json_schema' is not supported with this model.",
                "This response_format type is unavailable now",
                "Unrecognized request argument supplied: response_format",
                "This model does not support response format `json_schema`",
                "Extra inputs are not permitted: response_format"
            })
    void an_endpoint_without_schemas_says_so_once(String message) {
        server.then(call -> call.error(400, message), WORDS);
        RemoteModel model = model();

        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> ask(model, SCHEMED),
                "does not take a JSON Schema",
                message,
                "ask without it");
        assertThat(model.info().can(Capability.SCHEMA)).isFalse();
        assertFault(Fault.Code.UNSUPPORTED, () -> ask(model, SCHEMED), "to a JSON Schema");
        assertThat(server.calls()).hasSize(1);
        assertThat(ask(model).message().text()).isEqualTo("Certainly: 42");
    }

    @Test
    void an_endpoint_without_bias_or_grammar_says_so_once() {
        server.then(
                call ->
                        call.json(
                                400,
                                "{\"error\":{\"message\":\"Unsupported"
                                        + " parameter\",\"param\":\"logit_bias\"}}"),
                call ->
                        call.error(
                                400,
                                "Grammar-based generation (json_schema, regex, ebnf) is not"
                                        + " supported with --grammar-backend none"));
        RemoteModel model = model("sglang");

        assertFault(Fault.Code.UNSUPPORTED, () -> ask(model, BIASED), "does not take a logit bias");
        assertFault(Fault.Code.UNSUPPORTED, () -> ask(model, GRAMMARED), "does not take a grammar");

        assertThat(model.info().can(Capability.LOGIT_BIAS)).isFalse();
        assertThat(model.info().can(Capability.GRAMMAR)).isFalse();
        assertThat(model.info().can(Capability.SCHEMA)).isTrue();
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void a_choice_that_is_refused_may_be_another_the_next_time() {
        server.then(
                call -> call.error(400, "tool_choice 'required' is not supported"), calls("add"));
        RemoteModel model = model();

        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> ask(model, ToolChoice.REQUIRED),
                "does not take a choice of tools",
                "'required'");
        assertThat(ask(model, new ToolChoice.Named("add")).reason())
                .isEqualTo(StopReason.TOOL_CALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema | JSON schema error at #/properties/temperature: unrecognized type"
                        + " nonsense",
                "schema | Invalid schema for response_format 'answer': In context=('properties',"
                        + " 'seed'), 'oneOf' is not permitted.",
                "schema | The provided JSON schema contains features not supported by xgrammar.",
                "grammar | Failed to initialize samplers: failed to parse grammar",
                "grammar | Cannot use custom grammar constraints with tools.",
                "bias | token_id(s) [12] in logit_bias contain out-of-vocab token ids"
            })
    void what_is_wrong_in_a_demand_is_told_in_the_endpoints_words(String what, String message) {
        server.then(call -> call.error(400, message), says("\\\"yes\\\""));
        RemoteModel model = model("llamacpp");
        GenerationOptions options =
                switch (what) {
                    case "schema" -> SCHEMED;
                    case "grammar" -> GRAMMARED;
                    default -> BIASED;
                };

        assertFault(Fault.Code.INVALID, () -> ask(model, options), "refuses", message);
        assertThat(server.calls()).hasSize(1);
        assertThat(ask(model, options).reason()).isEqualTo(StopReason.END);
        assertThat(sent().has("temperature")).isTrue();
        assertThat(sent().has("seed")).isTrue();
    }

    @Test
    void a_request_that_is_called_wrong_in_the_stream_is_wrong() {
        server.then(call ->
                call.stream()
                        .data(
                                "{\"error\":{\"message\":\"Failed to compile the"
                                    + " grammar\",\"type\":\"BadRequestError\",\"code\":400}}"));

        assertFault(
                Fault.Code.INVALID,
                () -> ask(model("sglang"), GRAMMARED),
                "refuses the request",
                "Failed to compile the grammar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "null", "{} {}", "yes"})
    void a_schema_that_is_no_object_is_not_sent(String schema) {
        GenerationOptions options = OPTIONS.withConstraint(new Constraint.JsonSchema(schema));

        try (Trunk trunk = model().open(PROMPT)) {
            assertFault(
                    Fault.Code.INVALID,
                    () -> trunk.fork(new BranchRequest(PROMPT, options), told),
                    "The schema of the answer must be a JSON object");
        }
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void an_answer_that_we_begin_is_not_constrained() {
        RemoteModel model = model("llamacpp");
        BranchRequest request = new BranchRequest(PROMPT.withBeginning("It is "), SCHEMED);

        assertFault(Fault.Code.UNSUPPORTED, () -> model.generate(request, told), "that we begin");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void an_endpoint_that_passes_over_a_schema_is_found_out() {
        server.then(WORDS);

        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> ask(model(), SCHEMED),
                "no JSON",
                "does not heed that");
        assertThat(told.events().getLast())
                .isInstanceOfSatisfying(
                        BranchEvent.Failed.class,
                        failed -> assertThat(failed.usage().generated()).isEqualTo(4));
    }

    @Test
    void an_answer_that_was_cut_off_need_not_be_whole() {
        server.then(call -> call.stream().says(0, "{\\\"z").finish(0, "length").done());

        assertThat(ask(model(), SCHEMED).reason()).isEqualTo(StopReason.LENGTH);
    }

    @Test
    void an_endpoint_that_passes_over_a_forced_call_is_found_out() {
        server.then(WORDS, calls("now"));
        RemoteModel model = model();

        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> ask(model, ToolChoice.REQUIRED),
                "was told to call a tool and did not");
        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> ask(model, new ToolChoice.Named("add")),
                "'add' and called another one");
        assertThat(told.events()).noneMatch(BranchEvent.Called.class::isInstance);
    }

    @Test
    void different_demands_are_calls_of_their_own() {
        server.then(call -> call.stream().says(0, "{}").finish(0, "stop").done());
        List<GenerationOptions> different =
                List.of(
                        OPTIONS,
                        SCHEMED,
                        GRAMMARED,
                        BIASED,
                        OPTIONS.withToolChoice(ToolChoice.NONE));

        try (Trunk trunk = model("llamacpp").open(PROMPT)) {
            List<Branch> branches =
                    trunk.forkAll(
                            different.stream()
                                    .map(each ->
                                            new Trunk.Fork(new BranchRequest(PROMPT, each), told))
                                    .toList());
            branches.forEach(Branch::await);
        }

        assertThat(server.calls()).hasSize(5).noneMatch(call -> json(call).has("n"));
    }
}
