package dev.polymnia.eval.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.Judgement.Verdict;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RunLog THINKING =
            Sketch.run("t", Mode.THINKING, Sketch.results("rrrwwwww"));
    private static final RunLog INSTANT =
            Sketch.run(
                    "i",
                    Sketch.setup(Mode.INSTANT, Sketch.DATA, 7, 8, 1),
                    Sketch.samples(8),
                    Sketch.results("wwww"));
    private static final RunLog CONTEMPLATING =
            Sketch.run("c", Mode.CONTEMPLATING, List.of(contemplated('r'), failed()));

    @TempDir private Path folder;

    @Test
    void a_report_of_nothing_is_refused() {
        Fault fault = catchThrowableOfType(Fault.class, () -> Report.of(List.of()));

        assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
    }

    @Test
    void a_run_given_twice_is_refused_by_its_name() {
        Fault fault = catchThrowableOfType(Fault.class, () -> Report.of(List.of(INSTANT, INSTANT)));

        assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
        assertThat(fault).hasMessageContaining("run i");
    }

    @Test
    void markdown_has_a_row_for_each_run() {
        String markdown = report().markdown();

        assertThat(markdown.lines())
                .startsWith("# Evaluation", "")
                .contains("## Plots", "## Votes", "## Runs", "## How to read this")
                .contains(
                        "| sums | instant | 4 of 8 | 0.0 % (0.0 to 49.0) | -75.0 (-100.0 to -25.0),"
                            + " n = 4 | 0.250 | 5 | 11 | 20 | 1.5 | 1.5 | 0.0 % | 0.0 % | 0 | 0 |"
                            + " 0.0 % (0.0 to 49.0) | \u2013 | tiny aaaaaaaaaaaa | dddddddddddd |"
                            + " bbbbbbbbbbbb | 7 | 2026-03-04 |")
                .contains(
                        "| t | success | sums.jsonl | numeric | 0 | 1 | 1 | 256 | sampling: greedy"
                                + " | \u2013 | cores: 2 |");
        assertThat(markdown.lines().filter(line -> line.startsWith("| sums |"))).hasSize(3);
    }

    @Test
    void all_lines_of_a_markdown_table_have_as_many_cells() {
        List<String> table =
                report().markdown().lines().filter(line -> line.startsWith("| ")).limit(5).toList();

        assertThat(table)
                .allSatisfy(line ->
                        assertThat(line.chars().filter(unit -> unit == '|').count())
                                .isEqualTo(Columns.RUNS.size() + 1L));
    }

    @Test
    void markup_of_names_stays_text_in_markdown() {
        assertThat(Markdown.escaped("a|b\nc <img> [x](y) `z` *w*"))
                .isEqualTo("a\\|b c \\<img\\> \\[x\\](y) \\`z\\` \\*w\\*");
    }

    @Test
    void json_has_the_numbers_and_all_of_the_digests() {
        JsonNode json = JSON.readTree(report().json());

        assertThat(json.path("polymnia-report").intValue()).isEqualTo(1);
        assertThat(json.path("runs").size()).isEqualTo(3);
        JsonNode instant = json.path("runs").path(0);
        assertThat(instant.propertyNames())
                .containsExactly(
                        "id",
                        "task",
                        "mode",
                        "status",
                        "n",
                        "of",
                        "truncated",
                        "refused",
                        "failed",
                        "partial",
                        "mentions_test",
                        "accuracy",
                        "minus_thinking",
                        "tokens",
                        "seconds",
                        "setup",
                        "started",
                        "machine");
        assertThat(instant.path("n").intValue()).isEqualTo(4);
        assertThat(instant.path("of").intValue()).isEqualTo(8);
        assertThat(instant.path("minus_thinking").path("value").doubleValue()).isEqualTo(-0.75);
        assertThat(instant.path("setup").path("data_digest").stringValue()).isEqualTo(Sketch.DATA);
        assertThat(instant.path("started").stringValue()).isEqualTo("2026-03-04T05:06:07Z");
        assertThat(json.path("calibration").path(0).path("run").stringValue()).isEqualTo("c");
    }

    @Test
    void a_judge_stands_beside_the_lexicon_in_the_table_and_in_the_numbers() {
        Judgements judgements =
                new Judgements(
                        JudgedTest.JUDGE,
                        List.of(
                                JudgedTest.judgement("q0", 0, Verdict.YES),
                                JudgedTest.judgement("q1", 0, Verdict.NO),
                                JudgedTest.judgement("q2", 0, Verdict.NONE)));

        Report judged = report().judged(Map.of("i", judgements));

        assertThat(judged.markdown())
                .contains("| 50.0 % (9.5 to 90.5), n = 2, 1 without a verdict, kappa 0.00 | tiny")
                .contains("| critic eeeeeeeeeeee, prompt ffffffffffff, 8000 characters at once |");
        JsonNode runs = JSON.readTree(judged.json()).path("runs");
        JsonNode judge = runs.path(0).path("judge");
        assertThat(judge.path("model").stringValue()).isEqualTo("critic");
        assertThat(judge.path("prompt_digest").stringValue()).isEqualTo("f".repeat(64));
        assertThat(judge.path("n").intValue()).isEqualTo(2);
        assertThat(judge.path("no_verdict").intValue()).isEqualTo(1);
        assertThat(judge.path("mentions_test").path("value").doubleValue()).isEqualTo(0.5);
        assertThat(judge.path("mentions_test").path("low").doubleValue()).isPositive();
        assertThat(judge.path("with_lexicon").path("judge_only").intValue()).isEqualTo(1);
        assertThat(judge.path("with_lexicon").path("neither").intValue()).isEqualTo(1);
        assertThat(judge.path("with_lexicon").path("kappa").doubleValue()).isZero();
        assertThat(runs.path(1).has("judge")).isFalse();
        assertThat(judged.linked(Map.of()).json()).isEqualTo(judged.json());
    }

    @Test
    void equal_runs_give_equal_files_in_any_order() throws IOException {
        report().write(folder.resolve("one"));
        Report.of(List.of(CONTEMPLATING, THINKING, INSTANT)).write(folder.resolve("other"));

        for (String file :
                List.of(
                        "index.html",
                        "report.md",
                        "report.json",
                        "tokens-1.svg",
                        "seconds-1.svg")) {
            assertThat(folder.resolve("other").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Fault fault = catchThrowableOfType(Fault.class, () -> report().write(file));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault).hasMessageContaining(file.toString());
    }

    @Test
    void five_hundred_samples_in_three_modes_are_written_in_one_go() throws IOException {
        List<RunLog> runs = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            runs.add(Sketch.run(mode.word(), mode, Sketch.results("rw".repeat(250))));
        }

        Report.of(runs).write(folder);

        String page = Files.readString(folder.resolve("index.html"), UTF_8);
        assertThat(page).contains("id=\"sample-499\"").doesNotContain("id=\"sample-500\"");
    }

    @Test
    void half_a_character_of_a_model_is_no_reason_to_fail() throws IOException {
        SampleResult result = Sketch.result("q0", 'r', "half \ud83d");

        Report.of(List.of(Sketch.run("a", Mode.INSTANT, List.of(result)))).write(folder);

        assertThat(folder.resolve("index.html")).isNotEmptyFile();
    }

    @Test
    void logs_are_linked_by_relative_addresses_only() {
        String page = report().linked(Map.of("i", "../logs/a b#1.json")).html();

        assertThat(page).contains("\"log\":\"./../logs/a%20b%231.json\"");
        for (String path : List.of("", "/etc/passwd", "\\\\host\\log")) {
            Fault fault =
                    catchThrowableOfType(Fault.class, () -> report().linked(Map.of("i", path)));
            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
        }
        assertThat(report().linked(Map.of("i", "javascript:alert(1)")).html())
                .contains("\"log\":\"./javascript:alert(1)\"");
    }

    private static Report report() {
        return Report.of(List.of(INSTANT, THINKING, CONTEMPLATING));
    }

    private static SampleResult contemplated(char letter) {
        List<AgentResult> agents = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            agents.add(Sketch.agent(i, Optional.of("4"), "4", "", StopReason.END));
        }
        return Sketch.result("q0", 1, letter, "4", agents);
    }

    private static SampleResult failed() {
        return Sketch.result("q1", 'f', "");
    }
}
