package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.code.Thoughts;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScorersTest {
    @Test
    void each_scorer_has_the_name_it_is_asked_for_by() {
        for (String name : List.of("number", "choice", "match", "exact", "grid", "instructions")) {
            assertThat(Scorers.named(name, null).name()).isEqualTo(name);
        }
        assertThat(Scorers.names()).hasSize(7).contains("code", "instructions", "grid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"numbers", "", "number:", "number:-1", "number:x", "number:1/3", "Match"})
    void an_unknown_name_is_told_with_the_known_ones(String name) {
        assertThatThrownBy(() -> Scorers.named(name, null))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining("number, choice, match, exact, grid, code, instructions");
    }

    @Test
    void code_needs_a_sandbox_and_nothing_else_does() {
        assertThat(Scorers.names().stream().filter(Scorers::needsSandbox)).containsExactly("code");
        assertThatThrownBy(() -> Scorers.named("code", null))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE));
    }

    @Test
    void programs_texts_and_grids_are_no_short_answers() {
        assertThat(Scorers.names().stream().filter(Scorers::takesShortAnswers))
                .containsExactly("number", "choice", "match", "exact");
        assertThat(Scorers.takesShortAnswers("number:0.01")).isTrue();
    }

    @Test
    void instructions_are_counted_by_answer_and_one_by_one() {
        Target target =
                new Target.Instructions(
                        List.of(
                                new Target.Instruction("punctuation:no_comma", Map.of()),
                                new Target.Instruction("detectable_format:title", Map.of())));
        Score half =
                Scorers.named("instructions", null)
                        .score(Rows.sample(target), "<<A quiet day>> All is well, I think.");
        assertThat(half.value()).isZero();
        assertThat(half.explanation()).contains("punctuation:no_comma").doesNotContain("title");
        assertThat(half.parts())
                .containsEntry("strict", 0.0)
                .containsEntry("instruction_strict", 0.5)
                .containsKeys("loose", "instruction_loose");
        Score all =
                Scorers.named("instructions", null)
                        .score(
                                Rows.sample(target),
                                "<think>Well, no</think><<A quiet day>> All is well.");
        assertThat(all.value()).isEqualTo(1);
        assertThat(all.explanation()).isEmpty();
        assertThat(all.parts().values()).containsOnly(1.0);
    }

    @Test
    void reasoning_is_taken_out_wherever_it_stands() {
        assertThat(Thoughts.strip("a <think>b</think>c<think>d</think> e")).isEqualTo("a c e");
        assertThat(Thoughts.strip("b</think>\n\n    return 1")).isEqualTo("    return 1");
        assertThat(Thoughts.strip("  <think>b")).isEmpty();
        assertThat(Thoughts.strip("print('<think>')")).isEqualTo("print('<think>')");
        assertThat(Thoughts.strip("  nothing to strip ")).isEqualTo("  nothing to strip ");
    }
}
