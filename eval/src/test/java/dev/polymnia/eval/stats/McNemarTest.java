package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class McNemarTest {
    @Test
    void it_is_twice_the_binomial_tail() {
        for (int b = 0; b <= 40; b++) {
            for (int c = 0; c <= 40; c++) {
                assertThat(McNemar.of(b, c).p()).isEqualTo(exact(b, c), within(1e-12));
            }
        }
    }

    @Test
    void thousands_of_questions_stay_in_range() {
        assertThat(McNemar.of(1400, 1600).p()).isEqualTo(exact(1400, 1600), within(1e-10));
        assertThat(McNemar.of(1000, 1000).p()).isEqualTo(1);
    }

    @Test
    void known_cases() {
        assertThat(McNemar.of(0, 0).p()).isEqualTo(1);
        assertThat(McNemar.of(5, 5).p()).isEqualTo(1);
        assertThat(McNemar.of(0, 5).p()).isEqualTo(2 / 32.0, within(1e-15));
        assertThat(McNemar.of(1, 9).p()).isEqualTo(22 / 1024.0, within(1e-15));
        assertThat(McNemar.of(9, 1).p()).isEqualTo(McNemar.of(1, 9).p());
    }

    @Test
    void only_questions_on_which_the_runs_disagree_count() {
        McNemar test =
                McNemar.of(
                        Map.of("a", true, "b", true, "c", false, "d", false, "e", true, "f", true),
                        Map.of(
                                "a", true, "b", false, "c", true, "d", false, "e", false, "g",
                                true));
        assertThat(test.b()).isEqualTo(2);
        assertThat(test.c()).isEqualTo(1);
        assertThat(test.p()).isEqualTo(1);
    }

    @Test
    void negative_counts_are_refused() {
        assertThatThrownBy(() -> McNemar.of(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double exact(int b, int c) {
        int n = b + c;
        BigInteger choose = BigInteger.ONE;
        BigInteger tail = BigInteger.ZERO;
        for (int i = 0; i <= Math.min(b, c); i++) {
            tail = tail.add(choose);
            choose = choose.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        BigDecimal twice = new BigDecimal(tail.shiftLeft(1));
        BigDecimal all = new BigDecimal(BigInteger.ONE.shiftLeft(n));
        return Math.min(1, twice.divide(all, MathContext.DECIMAL64).doubleValue());
    }
}
