package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import dev.polymnia.testkit.HostileTexts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WordsScorerTest {
    private static final String MATCH =
            """
            (B)                  | The answer is (B).                            => right
            (B)                  | So the answer is B.                           => right
            (B)                  | **(B)**                                       => right
            (B)                  | The answer is (B) 12/25/1937.                 => right
            (B)                  | Answer: B) 12/25/1937                         => right
            (B)                  | Answer: B, as it is Christmas                 => right
            (B)                  | The answer is (A).⏎No, the answer is (B).     => right
            (B)                  | Because of (B), the answer is (C).            => wrong
            (B)                  | Answer: A                                     => wrong
            (A)                  | Answer: A dog                                 => wrong
            (A)                  | Answer: a                                     => right
            Yes                  | The answer is yes.                            => right
            Yes                  | **Yes**                                       => right
            Yes                  | Yes, you return to the start.                 => right
            Yes                  | The answer is **Yes**, you do.                => right
            No                   | Answer: No (it does not)                      => right
            No                   | Answer: No. It does not.                      => right
            No                   | Not at all                                    => wrong
            No                   | Answer: none                                  => wrong
            no                   | Answer: NO                                    => right
            True                 | The answer is True                            => right
            False                | The answer is True                            => wrong
            invalid              | It seems valid.⏎Answer: invalid               => right
            valid                | Answer: invalid                               => wrong
            24                   | The answer is 24.                             => right
            24                   | Answer: $24$                                  => right
            24                   | \\boxed{24}                                   => right
            24                   | $\\boxed{\\text{24}}$                         => right
            24                   | The answer is 23, or \\boxed{24}.             => right
            24                   | \\( 24 \\)                                    => right
            24                   | Answer: 240                                   => wrong
            -35                  | Answer: \u221235                              => right
            -35                  | Answer: 35                                    => wrong
            1,234                | Answer: 1234                                  => right
            8                    | Answer: 8 instruments                         => wrong
            ] ]                  | The answer is ] ].                            => right
            ] ]                  | Answer: ]]                                    => right
            ] ]                  | Answer: ] , ]                                 => right
            ] ]                  | Answer: ]                                     => wrong
            ] ) )                | So the answer is ] ) )                        => right
            } >                  | Answer: `} >`                                 => right
            > ]                  | Answer: "> ]"                                 => right
            )                    | The answer is ).                              => right
            )                    | Answer: (                                     => wrong
            apple barn cherry    | The answer is apple barn cherry.              => right
            apple barn cherry    | Answer: Apple, Barn, Cherry.                  => right
            apple barn cherry    | Answer: ['apple', 'barn', 'cherry']           => right
            apple barn cherry    | **Answer:**⏎apple barn cherry                 => right
            apple barn cherry    | Answer: apple cherry barn                     => wrong
            barn it&t zoo        | Answer: barn, it&t, zoo                       => right
            dearth, wind, & fire | Answer: dearth, wind, & fire                  => right
            Paris                | Answer: "Paris".                              => right
            Paris                | Answer: \u201cParis\u201d                     => right
            Paris                | Answer: Paris. It lies on the Seine.          => right
            Paris                | I thought about it.⏎⏎Paris⏎                   => right
            Paris                | The capital is Paris                          => wrong
            Paris                | ### Answer⏎Paris                              => right
            New York             | Answer: new   york                            => right
            don't                | Answer: Don't                                 => right
            Paris                | <think>London</think>Paris                    => right
            Paris                | ?                                             => wrong
            Paris                |                                               => wrong
            """;

    static List<Arguments> match() {
        return Rows.verdicts(MATCH);
    }

    @ParameterizedTest
    @MethodSource("match")
    void a_match_is_in_the_words_and_not_in_how_they_are_written(
            String target, String answer, boolean right) {
        Score score = Scorers.named("match", null).score(Rows.answer(target), answer);
        assertThat(score.value()).isEqualTo(right ? 1 : 0);
        assertThat(score.explanation().isEmpty()).isEqualTo(right);
    }

    private static final String EXACT =
            """
            True     | The answer is True.       => right
            True     | The answer is **True**.   => right
            True     | Answer: "True"            => right
            True     | True                      => right
            True     | The answer is true.       => wrong
            (B)      | So the answer is (B).     => right
            (B)      | So the answer is B.       => wrong
            (B)      | The answer is (B) Rome.   => wrong
            ] ]      | So the answer is ] ].     => right
            ] ]      | So the answer is ]].      => wrong
            a b      | The answer is a   b       => right
            a b      | The answer is a, b        => wrong
            -35      | Answer: -35               => right
            Yes      | Answer: Yes, it does      => wrong
            Yes      |                           => wrong
            """;

    static List<Arguments> exact() {
        return Rows.verdicts(EXACT);
    }

    @ParameterizedTest
    @MethodSource("exact")
    void exact_means_letter_by_letter(String target, String answer, boolean right) {
        Score score = Scorers.named("exact", null).score(Rows.answer(target), answer);
        assertThat(score.value()).isEqualTo(right ? 1 : 0);
    }

    @Test
    void one_of_several_accepted_answers_is_enough() {
        Target target = new Target.Answers(List.of("UK", "United Kingdom"));
        assertThat(
                        Scorers.named("match", null)
                                .score(Rows.sample(target), "Answer: the UK, or united kingdom")
                                .value())
                .isZero();
        assertThat(
                        Scorers.named("match", null)
                                .score(Rows.sample(target), "Answer: united kingdom")
                                .value())
                .isEqualTo(1);
    }

    static List<String> hostile() {
        return HostileTexts.all();
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_answer_breaks_it(String answer) {
        for (String name : List.of("match", "exact")) {
            Score score = Scorers.named(name, null).score(Rows.answer("New York"), answer);
            assertThat(score.value()).isZero();
            assertThat(score.answer().length()).isLessThan(300);
        }
    }

    @Test
    void a_target_without_words_is_a_fault() {
        Target target = new Target.Choice(List.of("a", "b"), 0);
        assertThatThrownBy(() -> Scorers.named("match", null).score(Rows.sample(target), "a"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }
}
