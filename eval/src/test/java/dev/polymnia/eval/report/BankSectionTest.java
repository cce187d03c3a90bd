package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BankSectionTest {
    private static final RunLog CONTEMPLATING =
            Sketch.run("c", Mode.CONTEMPLATING, Sketch.results("rw"));
    private static final RunLog BANK =
            with(
                    "b",
                    Mode.CONTEMPLATING,
                    Map.of("bank", "2,1"),
                    banked("q0", "rr", 'w'),
                    banked("q1", "rw", 'r'));
    private static final RunLog FORCED =
            with(
                    "f",
                    Mode.THINKING,
                    Map.of("forced", "c"),
                    Sketch.results("ww").toArray(SampleResult[]::new));

    private static RunLog with(
            String id, Mode mode, Map<String, String> options, SampleResult... results) {
        RunSetup usual = Sketch.setup(mode, Sketch.DATA, 7, results.length, 1);
        Map<String, String> all = new HashMap<>(usual.options());
        all.putAll(options);
        RunSetup setup =
                new RunSetup(
                        usual.task(),
                        usual.mode(),
                        usual.model(),
                        usual.modelDigest(),
                        usual.dataDigest(),
                        usual.promptDigest(),
                        usual.dataName(),
                        usual.scorer(),
                        usual.seed(),
                        usual.agents(),
                        usual.offset(),
                        usual.samples(),
                        usual.epochs(),
                        usual.tokensPerAgent(),
                        all);
        return Sketch.run(id, setup, Sketch.samples(results.length), List.of(results));
    }

    private static SampleResult banked(String id, String words, char program) {
        List<AgentResult> agents = new ArrayList<>();
        for (int i = 0; i < words.length(); i++) {
            agents.add(agent(i, Approach.Kind.WORDS, words.charAt(i)));
        }
        agents.add(agent(64, Approach.Kind.PROGRAM, program));
        return Sketch.result(id, 1, 'r', "4", agents);
    }

    private static AgentResult agent(int index, Approach.Kind kind, char letter) {
        String answer = letter == 'r' ? "4" : "5";
        return Sketch.agent(index, Optional.of(answer), answer, "", StopReason.END)
                .withBanked(
                        new AgentResult.Banked(
                                kind, true, answer, 1, "", Score.of(letter == 'r', answer, "")));
    }

    @Test
    void a_bank_has_a_section_of_its_own_that_says_what_it_is() {
        String markdown = Report.of(List.of(CONTEMPLATING, BANK)).markdown();

        assertThat(markdown)
                .contains("## Branch banks", "Retrospective replay of stored samples")
                .contains("### sums, tiny, seed 7, run b")
                .contains("| 2 words | plain | none | 2 | 100.0 % (34.2 to 100.0) | ")
                .contains("| 1 words, 1 programs | plain | none | 2 |")
                .contains(
                        "| words | 2 | 2 | 100.0 % |", "| words and programs | 3 | 3 | 100.0 % |");
        assertThat(markdown.lines().filter(line -> line.startsWith("| sums |"))).hasSize(1);
        assertThat(markdown.lines().filter(line -> line.startsWith("| b |"))).hasSize(1);
    }

    @Test
    void baselines_stand_beside_the_contemplating_run() {
        String markdown = Report.of(List.of(CONTEMPLATING, BANK, FORCED)).markdown();

        // Each question has 20 tokens, and so has each chain.
        assertThat(markdown)
                .contains("## Equal tokens")
                .contains(
                        "| plain word voting | b | c | 2 | 100.0 % (34.2 to 100.0) | +50.0 (+0.0 to"
                                + " +100.0), n = 2 | 20 | 20 | 0 |")
                .contains("| one agent, budget forcing | f | c | 2 | 0.0 % (0.0 to 65.8) | -50.0");
        assertThat(markdown).contains("| sums | forced | 2 | 0.0 %");
    }

    @Test
    void without_banks_nothing_is_said_of_them() {
        Report report = Report.of(List.of(CONTEMPLATING));

        assertThat(report.markdown()).doesNotContain("Branch banks", "Equal tokens");
        assertThat(report.html()).doesNotContain("Branch banks");
        assertThat(report.json()).doesNotContain("banks", "equal_tokens");
    }

    @Test
    void a_bank_alone_is_reported() {
        Report report = Report.of(List.of(BANK));

        assertThat(report.markdown()).contains("## Branch banks").doesNotContain("Equal tokens");
        assertThat(report.html()).contains("<h2>Branch banks</h2>", "Any of k is right");
    }

    @Test
    void json_has_the_numbers() {
        JsonNode json =
                new JsonMapper().readTree(Report.of(List.of(CONTEMPLATING, BANK, FORCED)).json());

        assertThat(json.path("runs").size()).isEqualTo(2);
        JsonNode replay = json.path("banks").path(0).path("replays").path(1);
        assertThat(replay.path("words").intValue()).isEqualTo(2);
        assertThat(replay.path("accuracy").path("value").doubleValue()).isEqualTo(1);
        assertThat(replay.path("generated_tokens").doubleValue()).isEqualTo(40);
        assertThat(json.path("equal_tokens").size()).isEqualTo(2);
        assertThat(json.path("equal_tokens").path(0).path("bank_ran_dry").intValue()).isZero();
        assertThat(json.path("equal_tokens").path(1).has("bank_ran_dry")).isFalse();
    }

    @Test
    void thinking_is_compared_with_thinking_that_was_not_forced() {
        RunLog thinking = Sketch.run("t", Mode.THINKING, Sketch.results("wr"));

        List<Row> rows = Rows.of(List.of(CONTEMPLATING, FORCED, thinking), Map.of());

        assertThat(rows)
                .filteredOn(row -> row.run().id().equals("c") || row.run().id().equals("f"))
                .allSatisfy(row ->
                        assertThat(row.difference().orElseThrow().baseline()).isEqualTo("t"));
    }
}
