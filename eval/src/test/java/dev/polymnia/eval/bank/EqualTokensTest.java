package dev.polymnia.eval.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.eval.bank.EqualTokens.Spent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EqualTokensTest {
    private static final List<Held> WORDS =
            List.of(Chains.words("5", 10), Chains.words("4", 10), Chains.words("4", 15));

    @Test
    void chains_are_taken_until_the_next_would_exceed_the_tokens() {
        assertThat(EqualTokens.vote(WORDS, 34)).isEqualTo(new Spent(0, 20, false));
        assertThat(EqualTokens.vote(WORDS, 35)).isEqualTo(new Spent(1, 35, false));
        assertThat(EqualTokens.vote(WORDS, 20)).isEqualTo(new Spent(0, 20, false));
        assertThat(EqualTokens.vote(WORDS, 19)).isEqualTo(new Spent(0, 10, false));
    }

    @Test
    void one_chain_is_taken_in_any_case() {
        assertThat(EqualTokens.vote(WORDS, 3)).isEqualTo(new Spent(0, 10, false));
    }

    @Test
    void a_shorter_chain_behind_one_that_does_not_fit_is_not_taken() {
        List<Held> words =
                List.of(Chains.words("5", 10), Chains.words("5", 50), Chains.words("4", 1));

        assertThat(EqualTokens.vote(words, 20)).isEqualTo(new Spent(0, 10, false));
    }

    @Test
    void a_bank_that_has_no_more_chains_is_dry() {
        assertThat(EqualTokens.vote(WORDS, 36)).isEqualTo(new Spent(1, 35, true));
        assertThat(EqualTokens.vote(List.of(), 36)).isEqualTo(new Spent(0, 0, true));
    }
}
