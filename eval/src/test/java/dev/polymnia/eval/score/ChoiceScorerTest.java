package dev.polymnia.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import dev.polymnia.testkit.HostileTexts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ChoiceScorerTest {
    private static final List<String> OPTIONS = List.of("Paris", "London", "Rome", "a dog");

    private static final String CHOSEN =
            """
            Answer: (B)                                                 => B
            (B)                                                         => B
            B.                                                          => B
            **B**                                                       => B
            B                                                           => B
            b                                                           => B
            (b)                                                         => B
            b) London                                                   => B
            The answer is B                                             => B
            The answer is b.                                            => B
            The answer is (C).                                          => C
            The correct answer is **A**.                                => A
            The answer to the question is B.                            => B
            Answer: B) London                                           => B
            Answer: **(B) London**                                      => B
            Answer: option B                                            => B
            Answer: B - London                                          => B
            Answer: B, not C                                            => B
            Answer = D                                                  => D
            **Answer:** C                                               => C
            ### Answer⏎B. London                                        => B
            Answer: London                                              => B
            The answer is London.                                       => B
            The answer is a dog                                         => D
            Answer: A dog                                               => D
            Answer: A because it is the capital                         => A
            Answer: A⏎No, wait.⏎Answer: C                               => C
            Answer: A⏎C                                                 => C
            \\boxed{B}                                                  => B
            $\\boxed{\\text{(B)}}$                                      => B
            The answer is $\\boxed{B}$.                                 => B
            \\boxed{Rome}                                               => C
            \\(B\\)                                                     => B
            I choose B.                                                 => B
            I would go with option C because it is old.                 => C
            We select (C).                                              => C
            (B) is correct.                                             => B
            Option B (London) is the right one.                         => B
            Option A is wrong and option C is right.                    => C
            The answer isn't A. (B) is the correct one.                 => B
            Paris                                                       => A
            PARIS.                                                      => A
            "Paris"                                                     => A
            Rome is tempting.⏎⏎London                                   => B
            B) London                                                   => B
            **C. Rome**                                                 => C
            C⏎⏎Because Rome is old.                                     => C
            B) London⏎⏎It is in England.                                => B
            A) Paris is north.⏎B) London is west.⏎⏎Answer: B            => B
            It is Paris, the capital, so (A).                           => A
            Answer: F                                                   => F
            A) Paris⏎B) London⏎C) Rome⏎D) a dog                         =>
            It could be (A) or (B).                                     =>
            Answer choices: A, B                                        =>
            I think so.                                                 =>
            Answer: I don't know                                        =>
            A dog and a cat                                             =>
            Neither Paris nor London                                    =>
            ?                                                           =>
            <think>Answer: B</think>                                    =>
            <think>Answer: B</think>Answer: C                           => C
            """;

    static List<Arguments> chosen() {
        return Rows.of(CHOSEN);
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void the_chosen_letter_is_read(String answer, String letter) {
        assertThat(score(1, answer).answer()).isEqualTo(letter);
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void only_the_right_letter_is_right(String answer, String letter) {
        for (int right = 0; right < OPTIONS.size(); right++) {
            Score score = score(right, answer);
            assertThat(score.value()).isEqualTo(letter.equals(Options.letter(right)) ? 1 : 0);
            assertThat(score.explanation().isEmpty()).isEqualTo(score.value() == 1);
        }
    }

    @Test
    void numbers_may_be_options() {
        Target target = new Target.Choice(List.of("4", "5", "1,000"), 2);
        assertThat(score(target, "The answer is 1000.").value()).isEqualTo(1);
        assertThat(score(target, "Answer: 5").answer()).isEqualTo("B");
        assertThat(score(target, "Answer: C) 5").answer()).isEqualTo("C");
    }

    @Test
    void a_text_that_two_options_share_chooses_none() {
        Target target = new Target.Choice(List.of("It rains.", "it rains", "It snows"), 0);
        assertThat(score(target, "It rains").answer()).isEmpty();
        assertThat(score(target, "It snows").answer()).isEqualTo("C");
    }

    static List<String> hostile() {
        return HostileTexts.all();
    }

    @Timeout(60) // what a pattern that backtracks would take for ever for
    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void no_answer_breaks_it(String answer) {
        assertThat(score(1, answer).value()).isZero();
    }

    @Test
    void a_target_without_options_is_a_fault() {
        assertThatThrownBy(() -> Scorers.named("choice", null).score(Rows.answer("B"), "B"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("choice")
                .hasMessageContaining("s1");
    }

    private static Score score(int right, String answer) {
        return score(new Target.Choice(OPTIONS, right), answer);
    }

    private static Score score(Target target, String answer) {
        Sample sample = Rows.sample(target);
        return Scorers.named("choice", null).score(sample, answer);
    }
}
