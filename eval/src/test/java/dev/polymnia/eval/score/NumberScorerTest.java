package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.Target;
import dev.polymnia.testkit.HostileTexts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberScorerTest {
    private static final String FOUND =
            """
            #### 18                                         => 18
            She makes 9 * 2 = 18 dollars.⏎#### 18           => 18
            #### 1,450,000                                  => 1450000
            #### $18                                        => 18
            #### **18**                                     => 18
            ####18                                          => 18
            ####⏎18                                         => 18
            #### 5⏎No, wait.⏎#### 6                         => 6
            #### 1. The cost⏎3 + 4⏎#### 2. Price⏎Answer: 9  => 9
            #### 18 (for 3 days)                            => 18
            #### 48/2 = 24                                  => 24
            #### Answer: 18⏎in 3 days                       => 18
            \\boxed{72}                                     => 72
            \\boxed{5} and then \\boxed{6}                  => 6
            $\\boxed{\\$1{,}234.50}$                        => 1234.5
            \\boxed{\\frac{1}{2}}                           => 1/2
            \\boxed{\\dfrac{3}{4}\\text{ cup}}              => 3/4
            \\boxed{\\text{18 dollars}}                     => 18
            \\boxed{x = 12}                                 => 12
            \\boxed{18\\%}                                  => 18
            \\boxed{} so 7                                  => 7
            \\boxed{3                                       => 3
            Answer: 12                                      => 12
            **Answer:** 12                                  => 12
            **Answer: $12**                                 => 12
            **Final Answer**: 12 apples                     => 12
            Answer:⏎⏎42                                     => 42
            ### Answer⏎42                                   => 42
            answer = 42                                     => 42
            The answer is 5. It is not 7.                   => 5
            The answer is 18 for the 3 of them.             => 18
            The answer to the second question is 8.         => 8
            The final answer is $70,000.                    => 70000
            Answer: 3 + 4 = 7                               => 7
            Answer: 5 * 3 = **15**                          => 15
            Answer: $x$ = $15$                              => 15
            Answer: Josh made a profit of $70,000.          => 70000
            Answer: unknown. But 3 of 7                     => 7
            Answer: 5⏎Answer: none                          => 5
            Answer: (5)                                     => 5
            Answer: "5"                                     => 5
            The answer is -3                                => -3
            The answer is \u22123                           => -3
            Answer: .5                                      => 0.5
            Answer: 12.00                                   => 12
            Answer: 70000.                                  => 70000
            Answer: 1e3                                     => 1000
            Answer: 1.5E-2                                  => 0.015
            Answer: 1/2                                     => 1/2
            Answer: 1 / 2                                   => 1/2
            Answer: 3 1/2 hours                             => 7/2
            Answer: -3 1/2                                  => -7/2
            Answer: 3½                                      => 7/2
            Answer: 1 234 567                               => 1234567
            Answer: 5 100-page books                        => 5
            Answer: 12%                                     => 12
            Answer: €12                                     => 12
            Answer: 12 km/h                                 => 12
            Answer: 1,234,567.89                            => 1234567.89
            Answer: ≈ 3.14                                  => 3.14
            It is 1\u202f234.                               => 1234
            It is 1'234.                                    => 1234
            So she has 5 apples and 3 pears left.           => 3
            It takes 48/2 = 24                              => 24
            Their ages are 10-12                            => 12
            The balance is -$5                              => -5
            The balance is $-5                              => -5
            It is 5...                                      => 5
            Well ...5                                       => 5
            It was on 12/25/2020                            => 2020
            It costs Rs.500                                 => 500
            \\( 5 \\times 3 = 15 \\)                        => 15
            \uff11\uff12                                    => 12
            One divided by nothing: 1/0                     =>
            There is no number here ...                     =>
            $                                               =>
            -                                               =>
            """;

    static List<Arguments> found() {
        return Rows.of(FOUND);
    }

    @ParameterizedTest
    @MethodSource("found")
    void the_final_number_is_found(String answer, String expected) {
        assertThat(Figures.read(answer).map(Figure::toString).orElse("")).isEqualTo(expected);
    }

    private static final String VERDICTS =
            """
            18                      | #### 18                            => right
            18                      | Answer: 18.000                     => right
            18                      | Answer: 36/2                       => right
            18                      | Answer: 19                         => wrong
            18                      | Answer: 18.0000001                 => wrong
            1/3                     | Answer: 2/6                        => right
            1/3                     | Answer: 0.333                      => wrong
            -5                      | Answer: 5                          => wrong
            1,450,000               | Answer: $1450000                   => right
            So 9 * 2 = 18.⏎#### 18  | #### 18                            => right
            1e300                   | Answer: 10e299                     => right
            1e300                   | Answer: 1                          => wrong
            0                       | Answer: -0.0                       => right
            18                      | <think>#### 17</think>#### 18      => right
            18                      | #### 17</think>It is 18            => right
            18                      | <think>It is 18                    => wrong
            18                      |                                    => wrong
            """;

    static List<Arguments> verdicts() {
        return Rows.verdicts(VERDICTS);
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void values_are_compared(String target, String answer, boolean right) {
        Score score = Scorers.named("number", null).score(Rows.answer(target), answer);
        assertThat(score.value()).isEqualTo(right ? 1 : 0);
        assertThat(score.explanation().isEmpty()).isEqualTo(right);
    }

    @Test
    void one_of_several_accepted_answers_is_enough() {
        Score score =
                Scorers.named("number", null)
                        .score(Rows.sample(new Target.Answers(List.of("3", "4"))), "Answer: 4");
        assertThat(score).isEqualTo(Score.of(true, "4", ""));
    }

    @Test
    void a_tolerance_allows_so_much_and_no_more() {
        Scorer scorer = Scorers.named("number:0.01", null);
        assertThat(scorer.name()).isEqualTo("number:0.01");
        assertThat(scorer.score(Rows.answer("3.14"), "Answer: 3.15").value()).isEqualTo(1);
        assertThat(scorer.score(Rows.answer("3.14"), "Answer: 3.1501").value()).isZero();
        assertThat(scorer.score(Rows.answer("1/3"), "Answer: 0.333").value()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "She has 16 - 3 - 4 = 9 eggs and makes 9 * 2 = $18 every day.\n#### 18",
                "He runs 3*3=9 sprints a week, so 9*60=540 meters.\n#### 540",
                "The house is worth 200,000 and the profit is 200,000-130,000=$70,000\n#### 70,000",
                "It takes 2/2=1 bolt of white fiber.\nSo the total is 2+1=3 bolts.\n#### 3",
                "The loss is 3 - 5 = -2\n#### -2",
                "Therefore she makes $18 every day at the market.",
                "In total he runs 540 meters a week",
                "So the profit is $70,000.",
                "She needs 3",
                "I cannot tell.",
                "The difference is -2.",
                "That leaves 1,450,000 dollars",
                "The answer is 18.",
                "**Answer: 540**"
            })
    void ordinary_outputs_are_judged_as_by_the_harness(String output) {
        for (String target : List.of("18", "540", "70000", "3", "-2", "1,450,000")) {
            Score score = Scorers.named("number", null).score(Rows.answer(target), output);
            String harness = strict(output).orElseGet(() -> flexible(output));
            boolean expected = harness.equals(target.replace(",", ""));
            assertThat(score.value()).as(target).isEqualTo(expected ? 1 : 0);
        }
    }

    /// lm-evaluation-harness, task gsm8k version 3, filter strict-match.
    private static Optional<String> strict(String output) {
        Matcher match = Pattern.compile("#### (\\-?[0-9\\.\\,]+)").matcher(output);
        return match.find() ? Optional.of(cleaned(match.group(1))) : Optional.empty();
    }

    /// The same, filter flexible-extract.
    private static String flexible(String output) {
        Matcher match = Pattern.compile("(-?[$0-9.,]{2,})|(-?[0-9]+)").matcher(output);
        String last = "[invalid]";
        while (match.find()) {
            last = match.group();
        }
        return cleaned(last);
    }

    private static String cleaned(String text) {
        return text.replace(",", "").replace("$", "").replaceFirst("\\.$", "");
    }

    static List<String> hostile() {
        return HostileTexts.all();
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_answer_breaks_it(String answer) {
        Score score = Scorers.named("number", null).score(Rows.answer("123456"), answer);
        assertThat(score.value()).isZero();
        assertThat(score.answer().length()).isLessThan(500);
    }

    @Test
    void a_target_that_is_no_number_is_a_fault() {
        assertThatThrownBy(() -> Scorers.named("number", null).score(Rows.answer("many"), "5"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("\"many\" of sample s1");
    }
}
