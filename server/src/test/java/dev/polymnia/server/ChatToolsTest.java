package dev.polymnia.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools that the client runs, over Chat Completions, which keeps nothing between two requests.
final class ChatToolsTest extends ServerFixture {
    private static final String TOOLS =
            "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"look\","
                    + " \"description\": \"looks\", \"strict\": true, \"parameters\": {\"type\":"
                    + " \"object\"}}}]";
    private static final String QUESTION =
            "{\"role\": \"user\", \"content\": \"How many are left?\"}";

    /// How many agents were asked for a first turn.
    private final AtomicInteger begun = new AtomicInteger();

    private final Script lookingOnce =
            (request, _) -> {
                if (rounds(request) > 0
                        || request.options().toolChoice() instanceof ToolChoice.None) {
                    return Reply.of(LEFT);
                }
                begun.incrementAndGet();
                return Reply.of("Let me see.").calling("look", "{\"at\": \"shelf\"}");
            };

    private static long rounds(BranchRequest request) {
        return request.prompt().messages().stream()
                .filter(message -> message.role() == Role.TOOL)
                .count();
    }

    private static String body(String model, String messages, String more) {
        return "{\"model\": \"%s\", \"messages\": [%s], %s%s}"
                .formatted(model, messages, TOOLS, more);
    }

    /// Returns the turns after a client has run all calls of a message.
    private static String results(JsonNode message) {
        ObjectNode turn = ((ObjectNode) message).deepCopy();
        return message.get("tool_calls")
                .valueStream()
                .map(call ->
                        "{\"role\": \"tool\", \"tool_call_id\": %s, \"content\": \"31 muffins\"}"
                                .formatted(call.get("id")))
                .collect(joining(", ", QUESTION + ", " + turn + ", ", ""));
    }

    private JsonNode ask(PolymniaServer server, String body) throws Exception {
        HttpResponse<String> response = chat(server, body);
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
        return json(response.body());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_goes_on_when_its_client_has_run_its_tools(Mode mode) throws Exception {
        PolymniaServer server = serve(lookingOnce);
        JsonNode first = ask(server, body(mode.word(), QUESTION, ""));

        JsonNode choice = first.at("/choices/0");
        assertThat(choice.get("finish_reason").asString()).isEqualTo("tool_calls");
        JsonNode call = choice.at("/message/tool_calls/0");
        assertThat(call.get("type").asString()).isEqualTo("function");
        assertThat(call.at("/function/name").asString()).isEqualTo("look");
        assertThat(json(call.at("/function/arguments").asString()).get("at").asString())
                .isEqualTo("shelf");
        assertThat(choice.at("/message/tool_calls").size()).isEqualTo(1);
        int agents = begun.get();

        JsonNode second = ask(server, body(mode.word(), results(choice.get("message")), ""));

        assertThat(second.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(second.at("/choices/0/message/content").asString())
                .isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(begun.get()).isEqualTo(agents);
        // Each answer counts what it has cost by itself.
        long whole =
                second.at("/polymnia/ledger/entries")
                        .valueStream()
                        .mapToLong(agent -> agent.get("generated").asLong())
                        .sum();
        assertThat(
                        first.at("/usage/completion_tokens").asLong()
                                + second.at("/usage/completion_tokens").asLong())
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_that_is_forgotten_is_answered_from_the_history(Mode mode) throws Exception {
        JsonNode first = ask(serve(lookingOnce), body(mode.word(), QUESTION, ""));
        Queue<BranchRequest> asked = new ConcurrentLinkedQueue<>();
        Script answering =
                (request, _) -> {
                    asked.add(request);
                    return Reply.of(LEFT);
                };

        JsonNode second =
                ask(
                        serve(answering),
                        body(mode.word(), results(first.at("/choices/0/message")), ""));

        assertThat(second.at("/choices/0/message/content").asString())
                .isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(asked.element().prompt().messages())
                .filteredOn(message -> message.role() == Role.TOOL)
                .singleElement()
                .satisfies(message ->
                        assertThat(message.parts())
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        Content.ToolResult.class,
                                        result -> {
                                            assertThat(result.name()).isEqualTo("look");
                                            assertThat(result.text()).isEqualTo("31 muffins");
                                        }));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_stream_ends_with_the_calls_and_the_next_with_the_answer(Mode mode) throws Exception {
        PolymniaServer server = serve(lookingOnce);
        List<JsonNode> first =
                chunks(chat(server, body(mode.word(), QUESTION, ", \"stream\": true")).body());
        JsonNode last = first.getLast().at("/choices/0");

        assertThat(last.get("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(last.at("/delta/tool_calls/0/index").asInt()).isZero();
        ObjectNode message = ((ObjectNode) last.get("delta")).deepCopy();
        message.put("role", "assistant");
        ((ArrayNode) message.get("tool_calls"))
                .forEach(call -> ((ObjectNode) call).remove("index"));
        int agents = begun.get();

        List<JsonNode> second =
                chunks(
                        chat(server, body(mode.word(), results(message), ", \"stream\": true"))
                                .body());

        String words =
                second.stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                        .collect(joining());
        assertThat(words).isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(second.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(begun.get()).isEqualTo(agents);
    }

    @Test
    void results_that_are_missing_are_asked_for_and_nothing_is_lost() throws Exception {
        Script script =
                (request, _) -> {
                    begun.incrementAndGet();
                    return rounds(request) > 0
                            ? Reply.of(LEFT)
                            : Reply.of("")
                                    .calling("look", "{\"n\": 1}")
                                    .calling("look", "{\"n\": 2}");
                };
        PolymniaServer server = serve(script);
        JsonNode message = ask(server, body("thinking", QUESTION, "")).at("/choices/0/message");
        String whole = results(message);
        String half = whole.substring(0, whole.lastIndexOf(", {\"role\""));

        HttpResponse<String> refused = chat(server, body("thinking", half, ""));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()).at("/error/message").asString())
                .contains(message.at("/tool_calls/1/id").asString());
        assertThat(
                        ask(server, body("thinking", whole, ""))
                                .at("/choices/0/message/content")
                                .asString())
                .isEqualTo("31");
        assertThat(begun.get()).isEqualTo(2);
    }

    @Test
    void a_call_that_only_reads_needs_no_majority() throws Exception {
        Queue<Long> seeds = new ConcurrentLinkedQueue<>();
        Script script =
                (request, _) -> {
                    seeds.add(request.options().seed());
                    return rounds(request) == 0 && request.options().seed() == seeds.element()
                            ? Reply.of("").calling("look", "{}")
                            : Reply.of(LEFT);
                };
        String two = ", \"polymnia\": {\"agents\": 2%s}";

        JsonNode changing = ask(serve(script), body("contemplating", QUESTION, two.formatted("")));
        seeds.clear();
        JsonNode reading =
                ask(
                        serve(script),
                        body(
                                "contemplating",
                                QUESTION,
                                two.formatted(", \"read_only_tools\": [\"look\"]")));

        assertThat(changing.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(reading.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    }

    @Test
    void the_choice_of_tools_reaches_the_model() throws Exception {
        Queue<ToolChoice> choices = new ConcurrentLinkedQueue<>();
        Script script =
                (request, index) -> {
                    choices.add(request.options().toolChoice());
                    return lookingOnce.reply(request, index);
                };
        PolymniaServer server = serve(script);

        for (String choice :
                List.of(
                        "\"none\"",
                        "\"auto\"",
                        "\"required\"",
                        "{\"type\": \"function\", \"function\": {\"name\": \"look\"}}")) {
            ask(server, body("instant", QUESTION, ", \"tool_choice\": " + choice));
        }

        assertThat(choices)
                .containsExactly(
                        ToolChoice.NONE,
                        ToolChoice.AUTO,
                        ToolChoice.REQUIRED,
                        new ToolChoice.Named("look"));
    }

    @Test
    void one_call_at_a_time_is_one_call_at_a_time() throws Exception {
        Script script =
                (request, _) ->
                        rounds(request) > 0
                                ? Reply.of(LEFT)
                                : Reply.of("")
                                        .calling("look", "{\"n\": 1}")
                                        .calling("look", "{\"n\": 2}");

        JsonNode body =
                ask(serve(script), body("thinking", QUESTION, ", \"parallel_tool_calls\": false"));

        assertThat(body.at("/choices/0/message/tool_calls").size()).isEqualTo(1);
    }
}
