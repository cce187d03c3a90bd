package dev.polymnia.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// OpenAI's Responses.
final class ResponsesTest extends ServerFixture {
    private static final String TOOLS =
            "\"tools\": [{\"type\": \"function\", \"name\": \"look\", \"description\": \"looks\","
                    + " \"strict\": true, \"parameters\": {\"type\": \"object\"}}]";

    private final Queue<BranchRequest> asked = new ConcurrentLinkedQueue<>();

    private final Script left =
            (request, _) -> {
                asked.add(request);
                return Reply.of(LEFT);
            };

    private final Script lookingOnce =
            (request, _) -> {
                asked.add(request);
                boolean looked =
                        request.prompt().messages().stream()
                                .anyMatch(message -> message.role() == Role.TOOL);
                return looked
                        ? Reply.of(LEFT)
                        : Reply.of("Let me see.").calling("look", "{\"at\": \"shelf\"}");
            };

    private JsonNode ask(PolymniaServer server, String fields) throws Exception {
        HttpResponse<String> response = post(server, "/responses", "{" + fields + "}");
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
        return json(response.body());
    }

    private static JsonNode last(JsonNode response) {
        return response.get("output").get(response.get("output").size() - 1);
    }

    private static String text(JsonNode response) {
        return last(response).at("/content/0/text").asString();
    }

    @Test
    void a_response_has_its_thoughts_and_its_answer_as_items() throws Exception {
        JsonNode body =
                ask(
                        serve(left),
                        "\"model\": \"thinking\", \"input\": \"How many are left?\","
                                + " \"instructions\": \"Be brief.\", \"metadata\": {\"a\": \"b\"}");

        assertThat(body.get("object").asString()).isEqualTo("response");
        assertThat(body.get("status").asString()).isEqualTo("completed");
        assertThat(body.get("instructions").asString()).isEqualTo("Be brief.");
        assertThat(body.at("/metadata/a").asString()).isEqualTo("b");
        assertThat(body.at("/output/0/type").asString()).isEqualTo("reasoning");
        assertThat(body.at("/output/0/summary/0/text").asString()).isEqualTo("36 - 5 = 31.\n");
        assertThat(text(body)).isEqualTo("31");
        assertThat(body.at("/usage/output_tokens").asLong()).isPositive();
        assertThat(asked.element().prompt().messages().getFirst().text()).startsWith("Be brief.");
    }

    @Test
    void a_stream_has_the_same_in_pieces() throws Exception {
        HttpResponse<String> response =
                post(
                        serve(left),
                        "/responses",
                        "{\"model\": \"thinking\", \"input\": \"How many are left?\", \"stream\":"
                                + " true}");

        List<JsonNode> events = chunks(response.body());
        assertThat(events)
                .extracting(event -> event.get("sequence_number").asInt())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(events)
                .extracting(event -> event.get("type").asString())
                .containsSubsequence(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        String words =
                events.stream()
                        .filter(event ->
                                event.get("type").asString().equals("response.output_text.delta"))
                        .map(event -> event.get("delta").asString())
                        .collect(joining());
        assertThat(words).isEqualTo("31");
        assertThat(text(events.getLast().get("response"))).isEqualTo("31");
        assertThat(events.getLast().at("/response/output/1/id"))
                .isEqualTo(
                        events.stream()
                                .filter(event ->
                                        event.get("type")
                                                .asString()
                                                .equals("response.output_text.delta"))
                                .findFirst()
                                .orElseThrow()
                                .get("item_id"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_goes_on_from_the_response_that_asked_for_tools(Mode mode) throws Exception {
        PolymniaServer server = serve(lookingOnce);
        JsonNode first =
                ask(
                        server,
                        "\"model\": \"%s\", \"input\": \"How many are left?\", %s"
                                .formatted(mode.word(), TOOLS));
        JsonNode call = last(first);
        assertThat(call.get("type").asString()).isEqualTo("function_call");
        int agents = asked.size();

        JsonNode second =
                ask(
                        server,
                        "\"model\": \"%s\", %s, \"previous_response_id\": %s, \"input\": [{\"type\": \"function_call_output\", \"call_id\": %s, \"output\": \"31\"}]"
                                .formatted(
                                        mode.word(), TOOLS, first.get("id"), call.get("call_id")));

        assertThat(text(second)).isEqualTo(mode == Mode.INSTANT ? LEFT : "31");
        assertThat(asked).hasSize(2 * agents);
    }

    @Test
    void a_conversation_goes_on_from_a_response_without_its_instructions() throws Exception {
        PolymniaServer server = serve(left);
        JsonNode first =
                ask(
                        server,
                        "\"model\": \"instant\", \"input\": \"How many are left?\","
                                + " \"instructions\": \"Be brief.\"");
        ask(
                server,
                "\"model\": \"instant\", \"input\": \"Sure?\", \"previous_response_id\": "
                        + first.get("id"));

        List<Message> messages = List.copyOf(asked).getLast().prompt().messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(messages.getFirst().text()).doesNotContain("Be brief.");
        assertThat(messages.get(2).text()).isEqualTo(LEFT);
    }

    @Test
    void a_response_is_kept_until_it_is_deleted_and_not_if_that_is_not_wanted() throws Exception {
        PolymniaServer server = serve(left);
        JsonNode kept = ask(server, "\"model\": \"instant\", \"input\": \"How many?\"");
        JsonNode unkept =
                ask(server, "\"model\": \"instant\", \"input\": \"How many?\", \"store\": false");
        String url = server.url() + "/responses/" + kept.get("id").asString();

        assertThat(json(get(url).body())).isEqualTo(kept);
        assertThat(get(server.url() + "/responses/" + unkept.get("id").asString()).statusCode())
                .isEqualTo(404);
        assertThat(json(delete(url).body()).get("deleted").asBoolean()).isTrue();
        assertThat(get(url).statusCode()).isEqualTo(404);
        HttpResponse<String> gone =
                post(
                        server,
                        "/responses",
                        "{\"model\": \"instant\", \"input\": \"Sure?\", \"previous_response_id\": %s}"
                                .formatted(kept.get("id")));
        assertThat(get(server.url() + "/runs/" + kept.get("id").asString()).statusCode())
                .isEqualTo(404);
        assertThat(gone.statusCode()).isEqualTo(400);
        assertThat(json(gone.body()).at("/error/param").asString())
                .isEqualTo("previous_response_id");
    }

    @Test
    void a_response_in_the_background_is_asked_for_until_it_is_there() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        PolymniaServer server =
                serve((_, _) -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Reply.of(LEFT);
                });
        JsonNode begun =
                ask(
                        server,
                        "\"model\": \"thinking\", \"input\": \"How many?\", \"background\": true");
        String url = server.url() + "/responses/" + begun.get("id").asString();

        assertThat(begun.get("status").asString()).isEqualTo("in_progress");
        assertThat(json(get(url).body()).get("status").asString()).isEqualTo("in_progress");
        go.countDown();
        JsonNode now = await(server, begun);

        assertThat(now.get("status").asString()).isEqualTo("completed");
        assertThat(text(now)).isEqualTo("31");
    }

    @Test
    void a_response_in_the_background_can_be_cancelled() throws Exception {
        PolymniaServer server = serve(silent(new CountDownLatch(1)));
        JsonNode begun =
                ask(
                        server,
                        "\"model\": \"instant\", \"input\": \"How many?\", \"background\": true");

        HttpResponse<String> cancelled =
                post(server, "/responses/" + begun.get("id").asString() + "/cancel", "");

        assertThat(json(cancelled.body()).get("status").asString()).isEqualTo("cancelled");
        String url = server.url() + "/responses/" + begun.get("id").asString();
        assertThat(json(get(url).body()).get("status").asString()).isEqualTo("cancelled");
        assertThat(json(delete(url).body()).get("deleted").asBoolean()).isTrue();
        assertThat(get(url).statusCode()).isEqualTo(404);
    }

    private JsonNode begin(PolymniaServer server, String fields) throws Exception {
        return ask(server, "\"input\": \"How many are left?\", \"background\": true, " + fields);
    }

    private JsonNode await(PolymniaServer server, JsonNode response) throws Exception {
        String url = server.url() + "/responses/" + id(response);
        JsonNode now = json(get(url).body());
        while (now.get("status").asString().equals("in_progress")) {
            Thread.onSpinWait();
            now = json(get(url).body());
        }
        return now;
    }

    @Test
    void a_response_in_the_background_that_fails_says_why() throws Exception {
        PolymniaServer server = serve((_, _) -> Reply.of(LEFT).failingAfter(3));

        JsonNode failed = await(server, begin(server, "\"model\": \"instant\""));

        assertThat(failed.get("status").asString()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asString()).isEqualTo("server_error");
        assertThat(failed.at("/error/message").asString()).isNotBlank();
    }

    @Test
    void a_response_in_the_background_can_ask_for_tools() throws Exception {
        PolymniaServer server = serve(lookingOnce);
        JsonNode begun = begin(server, "\"model\": \"thinking\", " + TOOLS);
        JsonNode first = await(server, begun);
        JsonNode call = last(first);
        assertThat(call.get("type").asString()).isEqualTo("function_call");

        JsonNode second =
                ask(
                        server,
                        "\"model\": \"thinking\", %s, \"previous_response_id\": %s, \"input\": [{\"type\": \"function_call_output\", \"call_id\": %s, \"output\": \"31\"}]"
                                .formatted(TOOLS, first.get("id"), call.get("call_id")));

        assertThat(text(second)).isEqualTo("31");
        // The agent went on where it had stopped.
        assertThat(asked).hasSize(2);
    }

    private static String id(JsonNode response) {
        return response.get("id").asString();
    }

    @Test
    void responses_outlive_their_server() throws Exception {
        PolymniaServer first = serve(left);
        JsonNode one =
                ask(
                        first,
                        "\"model\": \"instant\", \"input\": \"How many are left?\","
                                + " \"instructions\": \"Be brief.\"");
        JsonNode two =
                ask(
                        first,
                        "\"model\": \"instant\", \"input\": \"Sure?\", \"previous_response_id\": "
                                + one.get("id"));
        first.close();

        PolymniaServer second = serve(left);
        assertThat(json(get(second.url() + "/responses/" + id(two)).body())).isEqualTo(two);
        ask(
                second,
                "\"model\": \"instant\", \"input\": \"Very?\", \"previous_response_id\": "
                        + two.get("id"));

        assertThat(List.copyOf(asked).getLast().prompt().messages())
                .extracting(Message::text)
                .filteredOn(text -> !text.contains("helpful"))
                .containsSequence("How many are left?", LEFT, "Sure?", LEFT, "Very?")
                .doesNotContain("Be brief.");
    }

    @Test
    void a_response_in_the_background_goes_on_when_the_next_server_takes_up_the_store()
            throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PolymniaServer first = serve(silent(begun));
        JsonNode response = begin(first, "\"model\": \"thinking\", \"metadata\": {\"a\": \"b\"}");
        begun.await();
        first.close();

        PolymniaServer second = serve(left);
        JsonNode answered = await(second, response);

        assertThat(answered.get("status").asString()).isEqualTo("completed");
        assertThat(answered.get("created_at")).isEqualTo(response.get("created_at"));
        assertThat(answered.at("/metadata/a").asString()).isEqualTo("b");
        assertThat(text(answered)).isEqualTo("31");
    }

    @Test
    void a_failure_of_the_model_is_told_in_the_stream() throws Exception {
        HttpResponse<String> response =
                post(
                        serve((_, _) -> Reply.of(LEFT).failingAfter(3)),
                        "/responses",
                        "{\"model\": \"instant\", \"input\": \"How many?\", \"stream\": true}");

        JsonNode last = chunks(response.body()).getLast();
        assertThat(last.get("type").asString()).isEqualTo("response.failed");
        assertThat(last.at("/response/error/code").asString()).isEqualTo("server_error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"model\": \"thinking\"}|input",
                "{\"model\": \"thinking\", \"input\": []}|input",
                "{\"model\": \"thinking\", \"input\": \"x\", \"include\":"
                        + " [\"message.output_text.logprobs\"]}|include",
                "{\"model\": \"thinking\", \"input\": [{\"type\": \"item_reference\", \"id\":"
                        + " \"x\"}]}|input[0].type",
                "{\"model\": \"thinking\", \"input\": [{\"role\": \"robot\", \"content\":"
                        + " \"x\"}]}|input[0].role",
                "{\"model\": \"thinking\", \"input\": [{\"type\": \"function_call_output\","
                        + " \"call_id\": \"c\", \"output\": \"9\"}]}|input[0].call_id",
                "{\"model\": \"thinking\", \"input\": \"x\", \"background\": true, \"stream\":"
                        + " true}|stream",
                "{\"model\": \"thinking\", \"input\": \"x\", \"background\": true, \"store\":"
                        + " false}|store",
                "{\"model\": \"thinking\", \"input\": \"x\", \"tools\": [{\"type\":"
                        + " \"web_search\"}]}|tools[0].type",
                "{\"model\": \"thinking\", \"input\": \"x\", \"reasoning\": {\"effort\":"
                        + " \"huge\"}}|reasoning.effort",
                "{\"model\": \"thinking\", \"input\": \"x\", \"text\": {\"format\": {\"type\":"
                        + " \"xml\"}}}|text.format.type",
                "{\"model\": \"thinking\", \"input\": \"x\", \"wished_for\": 1}|wished_for",
            })
    void a_wrong_field_is_named(String body, String field) throws Exception {
        HttpResponse<String> response = post(serve(left), "/responses", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).at("/error/param").asString("")).isEqualTo(field);
    }
}
