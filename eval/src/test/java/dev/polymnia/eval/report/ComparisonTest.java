package dev.polymnia.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.stats.McNemar;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static RunLog run(String id, Mode mode, String letters) {
        return Sketch.run(id, mode, Sketch.results(letters));
    }

    /// The same run, of a task with another name and other prompts.
    private static RunLog named(String task, RunLog run) {
        RunSetup setup = run.setup();
        RunSetup other =
                new RunSetup(
                        task,
                        setup.mode(),
                        setup.model(),
                        setup.modelDigest(),
                        setup.dataDigest(),
                        "prompts of " + task,
                        setup.dataName(),
                        setup.scorer(),
                        setup.seed(),
                        setup.agents(),
                        setup.offset(),
                        setup.samples(),
                        setup.epochs(),
                        setup.tokensPerAgent(),
                        setup.options());
        return Sketch.run(run.id(), other, run.samples(), run.results());
    }

    @Test
    void runs_are_compared_over_the_questions_that_both_have_finished() {
        RunLog one = run("one", Mode.THINKING, "rrwwwwww");
        RunLog other = run("other", Mode.CONTEMPLATING, "wrrrrwww");

        Comparison comparison = Comparison.of(one, other);

        assertThat(comparison.questions()).isEqualTo(8);
        assertThat(comparison.difference()).isEqualTo(2.0 / 8, within(1e-12));
        assertThat(comparison.interval().contains(0.25)).isTrue();
        assertThat(comparison.test()).contains(McNemar.of(1, 3));
        assertThat(comparison.words())
                .startsWith("other minus one: +25.0 points (95 % ")
                .endsWith("over 8 questions; right only here 3, only there 1, McNemar p 0.625");
    }

    @Test
    void tasks_of_other_names_over_the_same_data_are_compared() {
        RunLog use = named("framing-use", run("use", Mode.THINKING, "rrrw"));
        RunLog test = named("framing-test", run("test", Mode.THINKING, "rwww"));

        Comparison comparison = Comparison.of(use, test);

        assertThat(comparison.questions()).isEqualTo(4);
        assertThat(comparison.difference()).isEqualTo(-2.0 / 4, within(1e-12));
        assertThat(comparison.test()).contains(McNemar.of(2, 0));
    }

    @Test
    void runs_of_other_data_cannot_be_compared() {
        RunLog one = run("one", Mode.THINKING, "rr");
        RunLog other =
                Sketch.run(
                        "other",
                        Sketch.setup(Mode.INSTANT, "e".repeat(64), 7, 2, 1),
                        Sketch.samples(2),
                        Sketch.results("rr"));

        assertThatThrownBy(() -> Comparison.of(one, other))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
                            assertThat(fault)
                                    .hasMessageContaining("data digest")
                                    .hasMessageContaining("eee");
                        });
    }

    @Test
    void runs_without_a_common_question_cannot_be_compared() {
        RunLog one = run("one", Mode.THINKING, "rr");
        RunLog empty = run("empty", Mode.INSTANT, "");

        assertThatThrownBy(() -> Comparison.of(one, empty))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no finished question in common");
    }

    @Test
    void equal_ids_of_other_questions_cannot_be_compared() {
        RunLog one = run("one", Mode.THINKING, "r");
        RunLog other =
                Sketch.run(
                        "other",
                        one.setup(),
                        List.of(Sketch.sample("q0", "Another?")),
                        Sketch.results("r"));

        assertThatThrownBy(() -> Comparison.of(one, other))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("Another?");
    }
}
