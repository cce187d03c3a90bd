package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTest {
    @ParameterizedTest
    @CsvSource({"4,4,wpwpwpwp", "3,1,wpww", "2,4,wppwpp", "3,0,www", "0,2,pp"})
    void programs_stand_evenly_among_the_words(int words, int programs, String expected) {
        Bank.Question question =
                Chains.question(
                        Collections.nCopies(8, Chains.words("4", 10)),
                        Collections.nCopies(8, Chains.program("4", 5, 0.5)));

        List<Held> order = Policy.plain(words, programs).order(question);

        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < order.size(); i++) {
            assertThat(order.get(i).chain().number()).isEqualTo(i);
            kinds.append(order.get(i).chain().kind() == Approach.Kind.WORDS ? 'w' : 'p');
        }
        assertThat(kinds).hasToString(expected);
    }

    @Test
    void the_chain_of_the_thinking_mode_is_in_the_first_wave() {
        Held lone = Chains.words("5", 90);
        Bank.Question question =
                Chains.question(
                                Collections.nCopies(8, Chains.words("4", 10)),
                                Collections.nCopies(8, Chains.program("4", 5, 0.5)))
                        .withThinking(lone);

        List<Held> order = Policy.plain(3, 4).withThinking(1.5).order(question);

        assertThat(order).hasSize(8);
        assertThat(order.subList(0, 4)).filteredOn(held -> held.length() == 90).hasSize(1);
        assertThat(order.subList(4, 8)).noneMatch(held -> held.length() == 90);
        assertThat(Policy.thinkingAlone().order(question)).containsExactly(lone.at(0));
        assertThat(Policy.plain(3, 4).withThinking(1.5).planned())
                .extracting(Approach::mostWeight)
                .containsOnlyOnce(1.5);
    }

    @Test
    void a_question_that_has_not_enough_chains_has_no_order() {
        Bank.Question question = Chains.question(List.of(Chains.words("4", 10)), List.of());

        assertThat(Policy.plain(2, 0).order(question)).isEmpty();
        assertThat(Policy.plain(1, 1).order(question)).isEmpty();
    }

    @Test
    void each_kind_has_weights_of_its_own() {
        Policy policy = Policy.plain(2, 1).withWeights(new Weights(2, 1.5, 0.5));

        assertThat(policy.planned())
                .extracting(approach -> approach.weight(0.5))
                .containsExactly(1.5 * 0.25, 0.5 * 0.25, 1.5 * 0.25);
        assertThat(Policy.plain(2, 1).planned()).allMatch(approach -> approach.weight(0.1) == 1);
    }

    @Test
    void policies_that_mean_nothing_are_refused() {
        refused(() -> Policy.plain(0, 0));
        refused(() -> Policy.plain(-1, 3));
        refused(() -> Policy.plain(65, 0));
        refused(() -> Policy.plain(1, 1).withThinking(-1));
        refused(() -> Policy.plain(1, 1).withThinking(Double.NaN));
        refused(() -> new Weights(-1, 1, 1));
        refused(() -> new Weights(Double.NaN, 1, 1));
        refused(() -> new Weights(1, 0, 1));
        refused(() -> new Weights(1, 1, 2_000_000));
    }

    private static void refused(Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }

    @Test
    void weights_are_told_in_words() {
        assertThat(Policy.plain(4, 0).weighting()).isEqualTo("plain");
        assertThat(Policy.plain(4, 0).withWeights(new Weights(4, 1, 1)).weighting())
                .isEqualTo("exp(4 · log p)");
        assertThat(Policy.plain(4, 0).withWeights(new Weights(0.5, 1, 1)).weighting())
                .isEqualTo("exp(0.5 · log p)");
    }
}
