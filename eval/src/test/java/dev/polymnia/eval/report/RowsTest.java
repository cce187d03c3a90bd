package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.stats.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RowsTest {
    private static final String DATA = Sketch.DATA;

    @Test
    void a_run_is_measured() {
        Row row = only(Sketch.run("a", Mode.THINKING, Sketch.results("rrwf")));

        assertThat(row.counts().done()).isEqualTo(4);
        assertThat(row.counts().complete()).isTrue();
        assertThat(row.counts().failed()).isEqualTo(1);
        assertThat(row.counts().partial()).isZero();
        assertThat(row.accuracy()).hasValue(new Row.Accuracy(0.5, Interval.wilson(2, 4)));
        Row.Cost cost = row.cost().orElseThrow();
        assertThat(cost.cached()).isEqualTo(15 / 4.0);
        assertThat(cost.computed()).isEqualTo(43 / 4.0);
        assertThat(cost.generated()).isEqualTo(60 / 4.0);
        assertThat(cost.median()).isEqualTo(1.5);
        assertThat(cost.p95()).isEqualTo(1.5);
        assertThat(row.difference()).isEmpty();
    }

    @Test
    void a_mode_is_compared_with_thinking_over_the_questions_both_have() {
        RunLog thinking = Sketch.run("t", Mode.THINKING, Sketch.results("wwwwr"));
        RunLog instant =
                Sketch.run(
                        "i",
                        Sketch.setup(Mode.INSTANT, DATA, 7, 5, 1),
                        Sketch.samples(5),
                        Sketch.results("rrrr"));

        Row row = rowOf("i", thinking, instant);

        Row.Difference difference = row.difference().orElseThrow();
        assertThat(difference.baseline()).isEqualTo("t");
        assertThat(difference.questions()).isEqualTo(4);
        assertThat(difference.value()).isEqualTo(1);
        assertThat(difference.interval()).isEqualTo(new Interval(1, 1));
        assertThat(difference.p().orElseThrow()).isCloseTo(0.125, within(1e-12));
        assertThat(row.counts().complete()).isFalse();
        assertThat(Columns.n(row.counts())).isEqualTo("4 of 5");
    }

    @Test
    void runs_of_other_data_or_another_seed_are_not_compared() {
        RunLog otherData =
                Sketch.run(
                        "t",
                        Sketch.setup(Mode.THINKING, "e".repeat(64), 7, 2, 1),
                        Sketch.samples(2),
                        Sketch.results("rr"));
        RunLog otherSeed =
                Sketch.run(
                        "u",
                        Sketch.setup(Mode.THINKING, DATA, 8, 2, 1),
                        Sketch.samples(2),
                        Sketch.results("rr"));
        RunLog instant = Sketch.run("i", Mode.INSTANT, Sketch.results("rw"));

        assertThat(rowOf("i", otherData, otherSeed, instant).difference()).isEmpty();
    }

    @Test
    void samples_asked_twice_are_no_independent_samples() {
        List<SampleResult> results =
                List.of(
                        repeated("q0", 1, 'r'),
                        repeated("q0", 2, 'r'),
                        repeated("q1", 1, 'w'),
                        repeated("q1", 2, 'w'));
        RunLog thinking = twice("t", Mode.THINKING, results);
        RunLog instant = twice("i", Mode.INSTANT, results);

        Row row = rowOf("i", thinking, instant);

        Row.Accuracy accuracy = row.accuracy().orElseThrow();
        assertThat(accuracy.value()).isEqualTo(0.5);
        assertThat(accuracy.interval()).isEqualTo(new Interval(0, 1));
        Row.Difference difference = row.difference().orElseThrow();
        assertThat(difference.value()).isZero();
        assertThat(difference.p()).isEmpty();
    }

    @Test
    void the_order_of_runs_and_of_results_does_not_matter() {
        RunLog thinking = Sketch.run("t", Mode.THINKING, Sketch.results("rwrw"));
        RunLog instant = Sketch.run("i", Mode.INSTANT, Sketch.results("rrww"));
        RunLog shuffled = Sketch.run("i", Mode.INSTANT, Sketch.results("rrww").reversed());

        List<Row> one = Rows.of(List.of(thinking, instant), Map.of());
        List<Row> other = Rows.of(List.of(shuffled, thinking), Map.of());

        assertThat(one).extracting(row -> row.run().id()).containsExactly("i", "t");
        assertThat(other.getFirst().accuracy()).isEqualTo(one.getFirst().accuracy());
        assertThat(other.getFirst().difference()).isEqualTo(one.getFirst().difference());
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void only_limits_truncate(StopReason reason) {
        AgentResult agent = Sketch.agent(0, Optional.of("4"), "4", "", reason);
        SampleResult result = Sketch.result("q0", 1, 'r', "4", List.of(agent));

        Row row = only(Sketch.run("a", Mode.THINKING, List.of(result)));

        boolean limit = reason == StopReason.LENGTH || reason.name().startsWith("BUDGET");
        assertThat(row.counts().truncated()).isEqualTo(limit ? 1 : 0);
    }

    @Test
    void refusals_awareness_and_partial_samples_are_counted_once_a_sample() {
        AgentResult aware =
                Sketch.agent(0, Optional.of("4"), "4", "I am being tested.", StopReason.END);
        AgentResult awareToo =
                Sketch.agent(1, Optional.of("4"), "This is a test.", "", StopReason.END);
        List<SampleResult> results =
                List.of(
                        Sketch.result("q0", 1, 'p', "4", List.of(aware, awareToo)),
                        Sketch.result("q1", 'w', "I'm sorry, but I can't help with that."),
                        Sketch.result("q2", 'r', "I can't help but say: 4."));

        Row.Counts counts = only(Sketch.run("a", Mode.THINKING, results)).counts();

        assertThat(counts.aware()).isEqualTo(1);
        assertThat(counts.refused()).isEqualTo(1);
        assertThat(counts.partial()).isEqualTo(1);
    }

    @Test
    void a_run_that_just_began_has_no_numbers() {
        Row row =
                only(
                        Sketch.run(
                                "a",
                                Sketch.setup(Mode.THINKING, DATA, 7, 3, 1),
                                Sketch.samples(3),
                                List.of()));

        assertThat(row.accuracy()).isEmpty();
        assertThat(row.cost()).isEmpty();
        assertThat(row.rate(row.counts().aware())).isZero();
        assertThat(Columns.n(row.counts())).isEqualTo("0 of 3");
        assertThat(Columns.RUNS)
                .extracting(column -> column.text().apply(row))
                .contains("sums", "thinking", Columns.NONE, "2026-03-04");
    }

    @Test
    void repeated_questions_tell_how_likely_one_of_several_answers_is_right() {
        List<SampleResult> results =
                List.of(
                        repeated("q0", 1, 'r'),
                        repeated("q0", 2, 'w'),
                        repeated("q1", 1, 'w'),
                        repeated("q1", 2, 'w'));

        Row row = only(twice("a", Mode.THINKING, results));

        assertThat(row.passAtK()).containsExactly(0.25, 0.5);
        assertThat(Columns.RUNS)
                .extracting(column -> column.text().apply(row))
                .anyMatch(text -> text.endsWith("; pass@2 50.0 %"));
        assertThat(only(Sketch.run("b", Mode.THINKING, Sketch.results("rw"))).passAtK()).isEmpty();
    }

    private static SampleResult repeated(String id, int epoch, char letter) {
        AgentResult agent = Sketch.agent(0, Optional.of("4"), "4", "", StopReason.END);
        return Sketch.result(id, epoch, letter, "4", List.of(agent));
    }

    private static RunLog twice(String id, Mode mode, List<SampleResult> results) {
        return Sketch.run(id, Sketch.setup(mode, DATA, 7, 2, 2), Sketch.samples(2), results);
    }

    private static Row only(RunLog run) {
        return Rows.of(List.of(run), Map.of()).getFirst();
    }

    private static Row rowOf(String id, RunLog... runs) {
        return Rows.of(List.of(runs), Map.of()).stream()
                .filter(row -> row.run().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
