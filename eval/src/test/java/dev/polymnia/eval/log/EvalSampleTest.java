package dev.polymnia.eval.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class EvalSampleTest {
    @Test
    void a_sample_tells_its_times_and_its_tokens_by_role() {
        JsonNode node = whole(Runs.right("sum/1", 1));

        assertThat(node.path("id").stringValue()).isEqualTo("sum/1");
        assertThat(node.path("epoch").intValue()).isEqualTo(1);
        assertThat(node.path("started_at").stringValue()).isEqualTo(Runs.TIME);
        assertThat(node.path("completed_at").stringValue())
                .isEqualTo("2026-03-01T10:00:01.625+00:00");
        assertThat(node.path("total_time").doubleValue()).isEqualTo(1.5);
        assertThat(node.path("role_usage").propertyNames())
                .containsExactly("agent-1", "agent-2", "shared");
        assertThat(node.path("metadata").path("subject").stringValue()).isEqualTo("thé");
        assertThat(node.path("metadata").path("polymnia").toString())
                .isEqualTo(
                        "{\"question\":\"1 + 17?\",\"partial\":false,\"truncated\":false,"
                                + "\"answer\":\"18\",\"stop\":\"two of two agree\"}");
        assertThat(node.path("store").toString()).isEqualTo("{}");
        assertThat(node.has("error")).isFalse();
        assertThat(node.has("limit")).isFalse();
    }

    @Test
    void the_last_message_is_the_answer_with_the_reasoning_of_the_agent_that_wrote_it() {
        JsonNode node = whole(Runs.right("sum/1", 1));
        JsonNode last = node.path("messages").path(2);

        assertThat(node.path("messages").size()).isEqualTo(3);
        assertThat(last.path("role").stringValue()).isEqualTo("assistant");
        assertThat(last.path("content").toString())
                .isEqualTo(
                        "[{\"type\":\"reasoning\",\"reasoning\":\"1 + 17 is 18.\"},"
                                + "{\"type\":\"text\",\"text\":\"It is 18.\"}]");
        assertThat(node.path("output").path("choices").path(0).path("message").toString())
                .isEqualTo(last.toString());
        assertThat(node.path("output").path("completion").stringValue()).isEqualTo("It is 18.");
        assertThat(node.path("output").path("time").doubleValue()).isEqualTo(1.5);
    }

    @Test
    void an_answer_that_no_agent_wrote_has_the_reasoning_of_the_first_that_voted_for_it() {
        JsonNode last = whole(Runs.timed("mc")).path("messages").path(1);

        assertThat(last.path("content").path(0).path("reasoning").stringValue())
                .isEqualTo("Red, green.");
        assertThat(last.path("content").path(1).path("text").stringValue()).isEqualTo("B");
    }

    @Test
    void without_reasoning_there_is_no_part_for_it() {
        assertThat(whole(Runs.half("rules")).path("messages").path(1).path("content").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"Some words\"}]");
    }

    @Test
    void each_agent_is_an_event_between_the_question_and_the_score() {
        JsonNode events = whole(Runs.right("sum/1", 1)).path("events");

        assertThat(kinds(events)).containsExactly("sample_init", "model", "model", "score");
        JsonNode second = events.path(2);
        assertThat(second.path("role").stringValue()).isEqualTo("agent-2");
        assertThat(second.path("model").stringValue()).isEqualTo("polymnia/tiny");
        assertThat(second.path("config").toString())
                .isEqualTo("{\"seed\":101,\"max_tokens\":256,\"temperature\":0.7}");
        assertThat(second.path("output").path("usage").path("output_tokens").intValue())
                .isEqualTo(20);
        assertThat(second.path("metadata").toString())
                .isEqualTo(
                        "{\"wave\":1,\"votes\":true,\"reason\":\"STOP_HOOK\",\"answer\":\"18\"}");
        assertThat(events.path(1).path("metadata").path("confidence").doubleValue())
                .isEqualTo(0.75);
        assertThat(events.path(3).path("score").path("value").stringValue()).isEqualTo("C");
    }

    @ParameterizedTest
    @CsvSource({
        "END,stop",
        "STOP_STRING,stop",
        "TOOL_CALL,tool_calls",
        "LENGTH,max_tokens",
        "BUDGET_TOKENS,max_tokens",
        "BUDGET_TIME,unknown",
        "STOP_HOOK,unknown",
        "CANCELLED,unknown",
        "FAILED,unknown"
    })
    void a_reason_has_inspects_word(StopReason reason, String word) {
        JsonNode node = whole(ended(false, reason));
        JsonNode choice = node.path("events").path(1).path("output").path("choices").path(0);

        assertThat(choice.path("stop_reason").stringValue()).isEqualTo(word);
        assertThat(node.path("events").path(1).has("error")).isEqualTo(reason == StopReason.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "BUDGET_TIME,time,1.5",
        "BUDGET_TOKENS,token,12",
        "CANCELLED,operator,1",
        "LENGTH,token,256",
        "END,custom,0"
    })
    void a_partial_sample_has_a_limit(StopReason reason, String type, double value) {
        JsonNode node = whole(ended(true, reason));

        assertThat(node.path("limit").path("type").stringValue()).isEqualTo(type);
        assertThat(node.path("limit").path("limit").doubleValue()).isEqualTo(value);
        assertThat(kinds(node.path("events")))
                .containsExactly("sample_init", "model", "sample_limit", "score");
    }

    @Test
    void a_failed_sample_has_an_error_no_output_and_is_wrong() {
        JsonNode node = whole(Runs.failed("code"));

        assertThat(node.path("error").path("message").stringValue())
                .isEqualTo("UNAVAILABLE: There is no sandbox.");
        assertThat(node.path("output").path("choices").toString()).isEqualTo("[]");
        assertThat(node.path("messages").size()).isEqualTo(1);
        assertThat(node.path("scores").path("judge").path("value").stringValue()).isEqualTo("I");
        assertThat(kinds(node.path("events"))).containsExactly("sample_init", "error", "score");
        assertThat(node.has("limit")).isFalse();
    }

    @Test
    void a_score_between_right_and_wrong_is_a_number_with_its_parts() {
        assertThat(whole(Runs.half("rules")).path("scores").toString())
                .isEqualTo(
                        "{\"judge\":{\"value\":0.5,\"explanation\":\"1 of 2\","
                                + "\"metadata\":{\"parts\":{\"loose\":1.0,\"strict\":0.5}}}}");
    }

    @Test
    void targets_are_text() {
        assertThat(whole(Runs.right("sum/1", 1)).path("target").toString()).isEqualTo("\"18\"");
        assertThat(whole(Runs.cut("où")).path("target").toString())
                .isEqualTo("[\"Paris\",\"à Paris\"]");
        assertThat(whole(Runs.timed("mc")).path("target").toString()).isEqualTo("\"B\"");
        assertThat(whole(Runs.timed("mc")).path("choices").toString())
                .isEqualTo("[\"red\",\"green\",\"blue\"]");
        assertThat(whole(Runs.failed("code")).path("target").stringValue())
                .isEqualTo("assert f(1) == 1\nassert f(2) == 4");
        assertThat(whole(Runs.half("rules")).path("target").stringValue())
                .isEqualTo(
                        "[{\"id\":\"punctuation:no_comma\",\"arguments\":{}},"
                                + "{\"id\":\"length_constraints:number_words\",\"arguments\":"
                                + "{\"num_words\":10,\"relation\":\"at least\"}}]");
    }

    @Test
    void the_27th_option_is_1() {
        Target many = new Target.Choice(Collections.nCopies(30, "same"), 26);
        Sample sample = Runs.samples().getFirst();
        EvalSample entry =
                new EvalSample(
                        Runs.setup(1),
                        "run",
                        new Sample("sum/1", sample.messages(), "?", many, Map.of()),
                        Runs.right("sum/1", 1));

        assertThat(entry.whole().path("target").stringValue()).isEqualTo("1");
    }

    @Test
    void calls_results_and_pictures_of_the_conversation_are_kept() {
        JsonNode input = whole(Runs.cut("où")).path("input");

        assertThat(input.valueStream().map(each -> each.path("role").stringValue()).toList())
                .containsExactly("user", "assistant", "tool", "tool", "user");
        JsonNode calls = input.path(1).path("tool_calls");
        assertThat(calls.path(0).path("arguments").toString()).isEqualTo("{\"at\":\"tower\"}");
        assertThat(calls.path(1).path("arguments").toString()).isEqualTo("{}");
        assertThat(calls.path(1).path("parse_error").stringValue()).contains("no object");
        assertThat(input.path(1).path("content").path(0).path("reasoning").stringValue())
                .isEqualTo("I have to look.");
        assertThat(input.path(2).path("content").path(0).path("image").stringValue())
                .isEqualTo("data:image/png;base64,AQID");
        assertThat(input.path(3).path("error").path("message").stringValue()).isEqualTo("What?");
        assertThat(input.path(0).path("content").stringValue()).isEqualTo("Où est la tour 🗼?");
    }

    @Test
    void messages_with_one_id_are_the_same_and_events_have_an_id_each() {
        Map<String, String> messages = new HashMap<>();
        Set<String> events = new HashSet<>();
        int seen = 0;
        for (SampleResult result :
                List.of(
                        Runs.right("sum/1", 1),
                        Runs.right("sum/1", 2),
                        Runs.cut("où"),
                        Runs.timed("mc"))) {
            JsonNode node = whole(result);
            collect(node, messages);
            for (JsonNode event : node.path("events")) {
                events.add(event.path("uuid").stringValue());
                seen++;
            }
        }

        assertThat(events).hasSize(seen).hasSizeGreaterThan(12);
        assertThat(messages).hasSizeGreaterThan(12);
    }

    @Test
    void a_summary_is_short() {
        String words = "wörd ".repeat(2000);
        SampleResult result =
                Runs.result(
                        "rules",
                        1,
                        words,
                        false,
                        Score.of(true, words, words),
                        Runs.agent(0, words, words, "x", 1, StopReason.END));
        JsonNode node = entry(result).summary();

        assertThat(node.toString().length()).isLessThan(4000);
        assertThat(node.path("scores").path("judge").path("answer").stringValue())
                .hasSize(1024 + "...\n(content truncated)".length())
                .endsWith("(content truncated)");
        assertThat(node.path("input").stringValue()).isEqualTo("Write without commas.");
        assertThat(node.path("message_count").intValue()).isEqualTo(2);
        assertThat(node.path("completed").booleanValue()).isTrue();
        assertThat(node.has("events")).isFalse();
    }

    @Test
    void a_summary_tells_failures_and_limits_in_a_word() {
        assertThat(entry(Runs.failed("code")).summary().path("error").stringValue())
                .isEqualTo("UNAVAILABLE: There is no sandbox.");
        assertThat(entry(Runs.timed("mc")).summary().path("limit").stringValue()).isEqualTo("time");
    }

    private static SampleResult ended(boolean partial, StopReason reason) {
        return Runs.result(
                "rules",
                1,
                "text",
                partial,
                Score.of(true, "", ""),
                Runs.agent(0, "", "text", "", 1, reason));
    }

    private static JsonNode whole(SampleResult result) {
        return entry(result).whole();
    }

    private static EvalSample entry(SampleResult result) {
        Sample sample =
                Runs.samples().stream()
                        .filter(each -> each.id().equals(result.id()))
                        .findFirst()
                        .orElseThrow();
        return new EvalSample(Runs.setup(2), "run", sample, result);
    }

    private static List<String> kinds(JsonNode events) {
        return events.valueStream().map(event -> event.path("event").stringValue()).toList();
    }

    /// Walks through a tree and checks that every message with an id seen before is that message.
    private static void collect(JsonNode node, Map<String, String> messages) {
        if (node.has("role") && node.has("content")) {
            String id = node.path("id").stringValue();
            String before = messages.putIfAbsent(id, node.toString());
            assertThat(before == null || before.equals(node.toString())).as(id).isTrue();
        }
        for (JsonNode child : node) {
            collect(child, messages);
        }
    }
}
