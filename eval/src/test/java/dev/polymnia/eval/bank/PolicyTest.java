package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.agents.Chain;
import dev.polymnia.core.Fault;
import dev.polymnia.eval.bank.Policy.Stop;
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
            kinds.append(order.get(i).chain().kind() == Chain.Kind.WORDS ? 'w' : 'p');
        }
        assertThat(kinds).hasToString(expected);
    }

    @Test
    void a_question_that_has_not_enough_chains_has_no_order() {
        Bank.Question question = Chains.question(List.of(Chains.words("4", 10)), List.of());

        assertThat(Policy.plain(2, 0).order(question)).isEmpty();
        assertThat(Policy.plain(1, 1).order(question)).isEmpty();
    }

    @Test
    void weights_are_normalised_within_a_kind() {
        List<Held> order =
                List.of(
                        Chains.words("4", 10, 0.8).at(0),
                        Chains.program("4", 10, 0.9).at(1),
                        Chains.words("5", 10, 0.4).at(2),
                        Chains.program("", 10, 0.1).at(3),
                        Chains.words("5", 10, Double.NaN).at(4));

        double[] weights = Policy.plain(3, 2).withBeta(2).weights(order);

        // 0.64 and 0.16 have a mean of 0.4; the only program that votes is its own mean.
        assertThat(weights[0]).isCloseTo(1.6, within(1e-12));
        assertThat(weights[2]).isCloseTo(0.4, within(1e-12));
        assertThat(weights[1]).isCloseTo(1, within(1e-12));
        assertThat(weights[4]).isEqualTo(1);
        assertThat(Policy.plain(3, 2).weights(order)).containsOnly(1);
    }

    @Test
    void policies_that_mean_nothing_are_refused() {
        refused(() -> Policy.plain(0, 0));
        refused(() -> Policy.plain(-1, 3));
        refused(() -> Policy.plain(65, 0));
        refused(() -> Policy.plain(4, 0).withBeta(-1));
        refused(() -> Policy.plain(4, 0).withBeta(Double.NaN));
        refused(() -> Policy.plain(4, 0).withBeta(4).withStop(Stop.AUTO));
        refused(() -> Policy.plain(4, 0).withStop(Stop.LOSSLESS).withBeta(4));
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
        assertThat(Policy.plain(4, 0).withBeta(4).weighting()).isEqualTo("exp(4 · log p)");
        assertThat(Policy.plain(4, 0).withBeta(0.5).weighting()).isEqualTo("exp(0.5 · log p)");
    }
}
