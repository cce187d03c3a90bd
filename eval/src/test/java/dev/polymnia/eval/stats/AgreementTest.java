package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgreementTest {
    /// Computed by hand. First row: of 50 the first says yes to 25, the second to 30; they agree on
    /// 35, p = 0.7; chance e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa = 0.2 / 0.5.
    @ParameterizedTest
    @CsvSource({
        "20, 5, 10, 15, 0.4",
        "10, 0, 0, 10, 1",
        "0, 10, 10, 0, -1",
        "25, 25, 25, 25, 0",
        "1, 0, 0, 99, 1",
        // p = 0.9, e = 0.1 * 0.1 + 0.9 * 0.9 = 0.82
        "5, 5, 5, 85, 0.4444444444444444",
        // p = 0.9, e = 0.9 * 1 + 0.1 * 0 = 0.9
        "9, 0, 1, 0, 0",
        // p = 0.6, e = 0.7 * 0.7 + 0.3 * 0.3 = 0.58
        "50, 20, 20, 10, 0.047619047619047616",
        // p = 0.25, e = 0.25 * 0.5 + 0.75 * 0.5 = 0.5
        "0, 1, 2, 1, -0.5",
    })
    void kappa_is_what_agreement_is_above_chance(
            int both, int first, int second, int neither, double kappa) {
        Agreement agreement = new Agreement(both, first, second, neither);

        assertThat(agreement.kappa().orElseThrow()).isEqualTo(kappa, within(1e-12));
        assertThat(new Agreement(both, second, first, neither).kappa().orElseThrow())
                .isEqualTo(kappa, within(1e-12));
        assertThat(new Agreement(neither, second, first, both).kappa().orElseThrow())
                .isEqualTo(kappa, within(1e-12));
        assertThat(agreement.count()).isEqualTo(both + first + second + neither);
    }

    @Test
    void where_both_always_say_the_same_one_thing_nothing_can_be_told() {
        assertThat(new Agreement(0, 0, 0, 0).kappa()).isEmpty();
        assertThat(new Agreement(7, 0, 0, 0).kappa()).isEmpty();
        assertThat(new Agreement(0, 0, 0, 7).kappa()).isEmpty();
        assertThat(new Agreement(0, 1, 0, 7).kappa()).hasValue(0);
    }

    @Test
    void large_counts_do_not_overflow() {
        int million = 1_000_000;

        assertThat(new Agreement(20 * million, 5 * million, 10 * million, 15 * million).kappa())
                .hasValueCloseTo(0.4, within(1e-12));
    }

    @Test
    void negative_counts_are_refused() {
        assertThatThrownBy(() -> new Agreement(1, 1, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
