package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntervalTest {
    /// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method
    /// 3.
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0.0000, 0.1611",
        "1, 29, 0.0061, 0.1718"
    })
    void wilson_gives_the_published_values(double successes, int trials, double low, double high) {
        Interval interval = Interval.wilson(successes, trials);
        assertThat(interval.low()).isEqualTo(low, within(0.00005));
        assertThat(interval.high()).isEqualTo(high, within(0.00005));
    }

    @Test
    void the_ends_of_wilson_solve_its_equation() {
        double z = 1.959963984540054;
        Interval interval = Interval.wilson(37, 120);
        for (double end : new double[] {interval.low(), interval.high()}) {
            double apart = Math.abs(37 / 120.0 - end);
            assertThat(apart).isEqualTo(z * Math.sqrt(end * (1 - end) / 120), within(1e-12));
        }
    }

    @Test
    void all_right_and_all_wrong_end_at_the_end() {
        assertThat(Interval.wilson(0, 7).low()).isZero();
        assertThat(Interval.wilson(7, 7).high()).isEqualTo(1);
        assertThat(Interval.wilson(7, 7).low())
                .isEqualTo(1 - Interval.wilson(0, 7).high(), within(1e-12));
    }

    @Test
    void nothing_tried_says_nothing() {
        assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void ends_belong_to_it() {
        Interval interval = new Interval(0.2, 0.4);
        assertThat(interval.contains(0.2)).isTrue();
        assertThat(interval.contains(0.4)).isTrue();
        assertThat(interval.contains(0.41)).isFalse();
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> Interval.wilson(3, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
