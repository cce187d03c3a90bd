package dev.polymnia.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Anthropic's Messages.
final class MessagesTest extends ServerFixture {
    private static final String TOOLS =
            "\"tools\": [{\"name\": \"look\", \"description\": \"looks\", \"input_schema\":"
                    + " {\"type\": \"object\"}}]";
    private static final String QUESTION =
            "{\"role\": \"user\", \"content\": \"How many are left?\"}";

    private final Queue<BranchRequest> asked = new ConcurrentLinkedQueue<>();

    private final Script lookingOnce =
            (request, _) -> {
                asked.add(request);
                boolean looked =
                        request.prompt().messages().stream()
                                .anyMatch(message -> message.role() == Role.TOOL);
                return looked || request.options().toolChoice() instanceof ToolChoice.None
                        ? Reply.of(LEFT)
                        : Reply.of("Let me see.").calling("look", "{\"at\": \"shelf\"}");
            };

    private final Script left =
            (request, _) -> {
                asked.add(request);
                return Reply.of(LEFT);
            };

    private HttpResponse<String> send(PolymniaServer server, String body) throws Exception {
        return post(server, "/messages", body);
    }

    private JsonNode ask(PolymniaServer server, String fields) throws Exception {
        HttpResponse<String> response = send(server, "{\"max_tokens\": 500, %s}".formatted(fields));
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
        return json(response.body());
    }

    private static String messages(String model, String messages) {
        return "\"model\": \"%s\", \"messages\": [%s]".formatted(model, messages);
    }

    @Test
    void an_answer_is_a_message_with_thoughts_for_who_wants_them() throws Exception {
        PolymniaServer server = serve(left);
        String fields = messages("thinking", QUESTION) + ", \"system\": \"Be brief.\"";

        JsonNode plain = ask(server, fields);
        JsonNode thoughtful =
                ask(
                        server,
                        fields
                                + ", \"thinking\": {\"type\": \"enabled\", \"budget_tokens\":"
                                + " 2000}");

        assertThat(plain.get("type").asString()).isEqualTo("message");
        assertThat(plain.get("role").asString()).isEqualTo("assistant");
        assertThat(plain.get("content").size()).isEqualTo(1);
        assertThat(plain.at("/content/0/text").asString()).isEqualTo("31");
        assertThat(plain.get("stop_reason").asString()).isEqualTo("end_turn");
        assertThat(plain.at("/usage/output_tokens").asLong()).isPositive();
        assertThat(thoughtful.at("/content/0/type").asString()).isEqualTo("thinking");
        assertThat(thoughtful.at("/content/0/thinking").asString()).isEqualTo("36 - 5 = 31.\n");
        assertThat(thoughtful.at("/content/1/text").asString()).isEqualTo("31");
        assertThat(asked.element().prompt().messages().getFirst().text()).startsWith("Be brief.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"thinking\": {\"type\": \"disabled\"}'|instant",
                "'\"thinking\": {\"type\": \"enabled\", \"budget_tokens\": 1024}'|thinking",
                "'\"thinking\": {\"type\": \"enabled\", \"budget_tokens\": 20000}'|contemplating",
                "'\"thinking\": {\"type\": \"adaptive\"}'|thinking",
                "'\"output_config\": {\"effort\": \"low\"}'|thinking",
                "'\"output_config\": {\"effort\": \"max\"}'|contemplating",
                "'\"metadata\": {\"user_id\": \"u\"}'|thinking",
            })
    void the_mode_follows_from_the_thinking_that_is_wanted(String more, String mode)
            throws Exception {
        JsonNode body = ask(serve(left), messages("scripted", QUESTION) + ", " + more);

        assertThat(body.at("/polymnia/mode").asString()).isEqualTo(mode);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_goes_on_when_its_client_has_run_its_tools(Mode mode) throws Exception {
        PolymniaServer server = serve(lookingOnce);
        JsonNode first = ask(server, messages(mode.word(), QUESTION) + ", " + TOOLS);

        assertThat(first.get("stop_reason").asString()).isEqualTo("tool_use");
        JsonNode call = first.get("content").get(first.get("content").size() - 1);
        assertThat(call.get("type").asString()).isEqualTo("tool_use");
        assertThat(call.at("/input/at").asString()).isEqualTo("shelf");
        int agents = asked.size();

        String turns =
                QUESTION
                        + ", {\"role\": \"assistant\", \"content\": %s}"
                                .formatted(first.get("content"))
                        + ", {\"role\": \"user\", \"content\": [{\"type\": \"tool_result\", \"tool_use_id\": %s, \"content\": \"31\"}]}"
                                .formatted(call.get("id"));
        JsonNode second = ask(server, messages(mode.word(), turns) + ", " + TOOLS);

        assertThat(second.get("stop_reason").asString()).isEqualTo("end_turn");
        assertThat(second.at("/content/0/text").asString())
                .isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(asked).hasSize(2 * agents);
    }

    @Test
    void words_beside_a_result_are_answered_from_the_history() throws Exception {
        String turns =
                QUESTION
                        + ", {\"role\": \"assistant\", \"content\": [{\"type\": \"thinking\","
                        + " \"thinking\": \"hm\", \"signature\": \"\"}, {\"type\": \"tool_use\","
                        + " \"id\": \"a\", \"name\": \"look\", \"input\": {\"n\": 1}}]}, {\"role\":"
                        + " \"user\", \"content\": [{\"type\": \"tool_result\", \"tool_use_id\":"
                        + " \"a\", \"is_error\": true, \"content\": [{\"type\": \"text\", \"text\":"
                        + " \"no shelf\"}]}, {\"type\": \"text\", \"text\": \"And now?\"}]}";

        ask(serve(left), messages("instant", turns) + ", " + TOOLS);

        List<Message> messages = asked.element().prompt().messages();
        assertThat(messages)
                .extracting(Message::role)
                .endsWith(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
        assertThat(messages.get(messages.size() - 2).parts())
                .singleElement()
                .isEqualTo(
                        new Content.ToolResult(
                                "a", "look", List.of(new Content.Text("no shelf")), true));
    }

    @Test
    void a_stream_tells_blocks_one_after_the_other() throws Exception {
        HttpResponse<String> response =
                send(
                        serve(lookingOnce),
                        "{\"max_tokens\": 500, \"stream\": true, \"thinking\": {\"type\": \"adaptive\"}, %s, %s}"
                                .formatted(messages("thinking", QUESTION), TOOLS));

        List<JsonNode> events = chunks(response.body());
        assertThat(response.body().lines().filter(line -> line.startsWith("event: ")))
                .hasSameSizeAs(events)
                .startsWith("event: message_start")
                .endsWith("event: message_stop");
        assertThat(events)
                .extracting(event -> event.get("type").asString())
                .containsSubsequence(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(deltas(events, "thinking")).isEqualTo("Let me see.");
        assertThat(json(deltas(events, "partial_json")).get("at").asString()).isEqualTo("shelf");
        JsonNode end = events.get(events.size() - 2);
        assertThat(end.at("/delta/stop_reason").asString()).isEqualTo("tool_use");
        assertThat(end.at("/usage/output_tokens").asLong()).isPositive();
        assertThat(
                        events.stream()
                                .filter(event ->
                                        event.get("type").asString().equals("content_block_start"))
                                .map(event -> event.get("index").asInt()))
                .containsExactly(0, 1);
    }

    private static String deltas(List<JsonNode> events, String field) {
        return events.stream()
                .map(event -> event.at("/delta/" + field).asString(""))
                .collect(joining());
    }

    @Test
    void the_runs_events_travel_in_pings() throws Exception {
        HttpResponse<String> response =
                send(
                        serve(left),
                        "{\"max_tokens\": 500, \"stream\": true, \"polymnia\": {\"events\": true, \"agents\": 2}, %s}"
                                .formatted(messages("contemplating", QUESTION)));

        assertThat(chunks(response.body()))
                .filteredOn(event -> event.get("type").asString().equals("ping"))
                .extracting(event -> event.at("/polymnia/type").asString())
                .contains("run_started", "agent_finished", "tally", "run_finished");
    }

    @Test
    void the_choice_of_tools_reaches_the_model() throws Exception {
        PolymniaServer server = serve(lookingOnce);
        for (String choice :
                List.of(
                        "{\"type\": \"auto\"}",
                        "{\"type\": \"any\"}",
                        "{\"type\": \"none\"}",
                        "{\"type\": \"tool\", \"name\": \"look\"}")) {
            ask(
                    server,
                    "%s, %s, \"tool_choice\": %s"
                            .formatted(messages("instant", QUESTION), TOOLS, choice));
        }

        assertThat(asked)
                .extracting(request -> request.options().toolChoice())
                .containsExactly(
                        ToolChoice.AUTO,
                        ToolChoice.REQUIRED,
                        ToolChoice.NONE,
                        new ToolChoice.Named("look"));
    }

    @Test
    void tokens_are_counted_without_an_answer() throws Exception {
        PolymniaServer server = serve(left);
        HttpResponse<String> few =
                post(
                        server,
                        "/messages/count_tokens",
                        "{%s}".formatted(messages("instant", QUESTION)));
        HttpResponse<String> more =
                post(
                        server,
                        "/messages/count_tokens",
                        "{%s, \"system\": \"one two three four\"}"
                                .formatted(messages("instant", QUESTION)));

        assertThat(json(few.body()).get("input_tokens").asInt()).isPositive();
        assertThat(json(more.body()).get("input_tokens").asInt())
                .isGreaterThan(json(few.body()).get("input_tokens").asInt());
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"model\": \"thinking\", @}|max_tokens",
                "{\"max_tokens\": 9, \"model\": \"thinking\"}|messages",
                "{\"max_tokens\": 9, \"model\": \"thinking\", \"top_k\": 3, @}|top_k",
                "{\"max_tokens\": 9, \"model\": \"thinking\", \"tools\": [{\"type\":"
                        + " \"bash_20250124\", \"name\": \"bash\"}], @}|tools[0].type",
                "{\"max_tokens\": 9, \"model\": \"thinking\", \"messages\": [{\"role\": \"system\","
                        + " \"content\": \"x\"}]}|messages[0].role",
                "{\"max_tokens\": 9, \"model\": \"thinking\", \"thinking\": {\"type\": \"deep\"},"
                        + " @}|thinking.type",
            })
    void a_wrong_field_is_named_in_an_error_of_this_api(String body, String field)
            throws Exception {
        HttpResponse<String> response =
                send(serve(left), body.replace("@", "\"messages\": [" + QUESTION + "]"));

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response.body());
        assertThat(error.get("type").asString()).isEqualTo("error");
        assertThat(error.at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.at("/error/message").asString()).startsWith(field + ": ");
    }

    @Test
    void who_has_no_key_is_told_so_in_this_apis_words() throws Exception {
        HttpResponse<String> response = send(serve(left, "a-key-that-nobody-guesses"), "{}");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response.body()).at("/error/type").asString())
                .isEqualTo("authentication_error");
    }
}
