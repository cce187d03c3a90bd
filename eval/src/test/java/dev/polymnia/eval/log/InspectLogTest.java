package dev.polymnia.eval.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunLog.Status;
import dev.polymnia.eval.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InspectLogTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"STARTED,started", "SUCCESS,success", "CANCELLED,cancelled", "ERROR,error"})
    void a_status_has_inspects_word_and_only_an_error_has_an_error(Status status, String word) {
        JsonNode log = written(Runs.mixed(status));

        assertThat(log.path("version").intValue()).isEqualTo(2);
        assertThat(log.path("status").stringValue()).isEqualTo(word);
        assertThat(log.has("error")).isEqualTo(status == Status.ERROR);
        assertThat(log.path("stats").path("completed_at").stringValue().isEmpty())
                .isEqualTo(status == Status.STARTED);
    }

    @Test
    void the_header_comes_before_the_samples_in_inspects_order() {
        assertThat(written(Runs.mixed(Status.ERROR)).propertyNames())
                .containsExactly(
                        "version",
                        "status",
                        "eval",
                        "plan",
                        "results",
                        "stats",
                        "error",
                        "invalidated",
                        "samples",
                        "reductions");
    }

    @Test
    void what_was_run_is_told() {
        JsonNode log = written(Runs.mixed(Status.SUCCESS));
        JsonNode eval = log.path("eval");

        assertThat(eval.path("task").stringValue()).isEqualTo("mixed");
        assertThat(eval.path("model").stringValue()).isEqualTo("polymnia/tiny");
        assertThat(eval.path("created").stringValue()).isEqualTo(Runs.TIME);
        assertThat(eval.path("model_args").path("mode").stringValue()).isEqualTo("contemplating");
        assertThat(eval.path("model_args").path("agents").intValue()).isEqualTo(2);
        assertThat(eval.path("model_args").path("digest").stringValue()).isEqualTo("aa11");
        assertThat(eval.path("model_args").path("options").toString())
                .isEqualTo("{\"temperature\":\"0.7\",\"vote\":\"weighted\"}");
        assertThat(eval.path("task_args").path("prompt_digest").stringValue()).isEqualTo("cc33");
        assertThat(eval.path("dataset").path("sample_ids").toString())
                .isEqualTo("[\"sum/1\",\"où\",\"mc\",\"rules\",\"code\"]");
        assertThat(eval.path("config").path("limit").intValue()).isEqualTo(5);
        assertThat(eval.has("revision")).isFalse();
        assertThat(log.path("plan").path("config").toString())
                .isEqualTo("{\"seed\":7,\"max_tokens\":256,\"temperature\":0.7}");
    }

    @Test
    void samples_are_sorted_by_epoch_and_then_as_the_data_is() {
        RunLog run =
                Runs.run(
                        Status.SUCCESS,
                        2,
                        Runs.right("sum/1", 2),
                        Runs.half("rules"),
                        Runs.right("sum/1", 1));

        assertThat(texts(written(run).path("samples"), "id"))
                .containsExactly("sum/1", "rules", "sum/1");
    }

    @Test
    void accuracy_and_its_error_are_those_of_all_samples_with_failures_as_wrong() {
        JsonNode results = written(Runs.mixed(Status.SUCCESS)).path("results");
        JsonNode score = results.path("scores").path(0);

        assertThat(results.path("total_samples").intValue()).isEqualTo(5);
        assertThat(results.path("completed_samples").intValue()).isEqualTo(4);
        assertThat(score.path("scored_samples").intValue()).isEqualTo(5);
        assertThat(metric(score, "accuracy")).isEqualTo(0.5);
        assertThat(metric(score, "stderr")).isCloseTo(Math.sqrt(0.05), within(1e-12));
    }

    @Test
    void a_part_is_averaged_over_the_samples_that_have_it_and_those_that_failed() {
        JsonNode score = written(Runs.mixed(Status.SUCCESS)).path("results").path("scores").path(0);

        assertThat(metric(score, "loose")).isEqualTo(0.5);
        assertThat(metric(score, "strict")).isEqualTo(0.25);
    }

    @Test
    void epochs_of_a_sample_are_averaged_before_samples_are() {
        RunLog run =
                Runs.run(
                        Status.SUCCESS,
                        2,
                        Runs.right("sum/1", 1),
                        Runs.result(
                                "sum/1",
                                2,
                                "17",
                                false,
                                Score.of(false, "17", ""),
                                Runs.agent(0, "", "17", "17", 1, StopReason.END)),
                        Runs.half("rules"));
        JsonNode log = written(run);

        assertThat(metric(log.path("results").path("scores").path(0), "accuracy")).isEqualTo(0.5);
        assertThat(metric(log.path("results").path("scores").path(0), "stderr")).isZero();
        assertThat(log.path("reductions").path(0).path("samples").toString())
                .isEqualTo(
                        "[{\"value\":0.5,\"sample_id\":\"sum/1\"},"
                                + "{\"value\":0.5,\"sample_id\":\"rules\"}]");
        assertThat(log.path("results").path("total_samples").intValue()).isEqualTo(10);
    }

    @Test
    void tokens_are_counted_for_the_model_and_for_each_role() {
        JsonNode stats = written(Runs.mixed(Status.SUCCESS)).path("stats");

        assertThat(stats.path("role_usage").propertyNames())
                .containsExactly("agent-1", "agent-2", "shared");
        assertThat(stats.path("role_usage").path("agent-1").toString())
                .isEqualTo(
                        "{\"input_tokens\":8,\"output_tokens\":40,\"total_tokens\":208,"
                                + "\"input_tokens_cache_read\":160}");
        assertThat(stats.path("role_usage").path("shared").path("input_tokens").intValue())
                .isEqualTo(80);
        assertThat(stats.path("model_usage").path("polymnia/tiny").path("total_tokens").intValue())
                .isEqualTo(208 + 124 + 80);
    }

    @Test
    void a_run_without_results_has_no_metrics_and_an_empty_list_of_samples() {
        JsonNode log = written(Runs.run(Status.STARTED));

        assertThat(log.has("results")).isFalse();
        assertThat(log.has("reductions")).isFalse();
        assertThat(log.path("samples").toString()).isEqualTo("[]");
        assertThat(log.path("stats").path("model_usage").toString()).isEqualTo("{}");
    }

    @Test
    void a_run_that_cannot_go_on_names_its_last_failure() {
        assertThat(written(Runs.mixed(Status.ERROR)).path("error").toString())
                .isEqualTo(
                        "{\"message\":\"The run cannot go on. The last failure: UNAVAILABLE: There"
                                + " is no sandbox.\",\"traceback\":\"\",\"traceback_ansi\":\"\"}");
        assertThat(written(Runs.run(Status.ERROR)).path("error").path("message").stringValue())
                .isEqualTo("The run cannot go on.");
    }

    @Test
    void the_same_run_gives_the_same_bytes() throws IOException {
        written(Runs.mixed(Status.SUCCESS));
        byte[] first = Files.readAllBytes(file());
        written(Runs.mixed(Status.SUCCESS));

        assertThat(Files.readAllBytes(file())).isEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void there_is_no_number_that_json_does_not_know() throws IOException {
        written(Runs.mixed(Status.SUCCESS));

        assertThat(Files.readString(file())).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void half_a_character_is_replaced() {
        RunLog run =
                Runs.run(
                        Status.SUCCESS,
                        Runs.result(
                                "rules",
                                1,
                                "a\ud83db",
                                false,
                                Score.of(true, "", ""),
                                Runs.agent(0, "", "a\ud83db", "", 1, StopReason.END)));

        JsonNode output = written(run).path("samples").path(0).path("output");

        assertThat(output.path("completion").stringValue()).isEqualTo("a?b");
    }

    @Test
    void results_that_are_there_twice_or_belong_to_no_sample_are_refused() {
        RunLog twice = Runs.run(Status.SUCCESS, Runs.half("rules"), Runs.half("rules"));
        RunLog stray = Runs.run(Status.SUCCESS, Runs.half("nobody"));

        assertThatThrownBy(() -> InspectLog.write(twice, file()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two results of rules in epoch 1");
        assertThatThrownBy(() -> InspectLog.write(stray, file()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no sample nobody");
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_folder_that_is_not_there_is_a_fault() {
        Path nowhere = folder.resolve("nowhere").resolve("log.json");

        assertThatThrownBy(() -> InspectLog.write(Runs.mixed(Status.SUCCESS), nowhere))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE))
                .hasMessageContaining(nowhere.toString());
    }

    private Path file() {
        return folder.resolve("log.json");
    }

    private JsonNode written(RunLog log) {
        InspectLog.write(log, file());
        return JSON.readTree(file());
    }

    private static double metric(JsonNode score, String name) {
        return score.path("metrics").path(name).path("value").doubleValue();
    }

    private static List<String> texts(JsonNode nodes, String name) {
        return nodes.valueStream().map(node -> node.path(name).stringValue()).toList();
    }
}
