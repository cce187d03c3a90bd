package dev.polymnia.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuantilesTest {
    @Test
    void they_are_those_of_r() {
        List<Double> ten = List.of(10.0, 1.0, 9.0, 2.0, 8.0, 3.0, 7.0, 4.0, 6.0, 5.0);
        assertThat(Quantiles.median(ten).orElseThrow()).isEqualTo(5.5);
        assertThat(Quantiles.p95(ten).orElseThrow()).isEqualTo(9.55, within(1e-12));
        assertThat(Quantiles.of(ten, 0.25).orElseThrow()).isEqualTo(3.25, within(1e-12));
        assertThat(Quantiles.p95(List.of(1.0, 2.0, 3.0, 4.0)).orElseThrow())
                .isEqualTo(3.85, within(1e-12));
    }

    @Test
    void the_ends_are_the_least_and_the_greatest() {
        List<Double> values = List.of(3.0, -1.0, 2.0);
        assertThat(Quantiles.of(values, 0)).hasValue(-1);
        assertThat(Quantiles.of(values, 1)).hasValue(3);
    }

    @Test
    void one_value_is_all_quantiles_and_none_has_none() {
        assertThat(Quantiles.p95(List.of(7.0))).hasValue(7);
        assertThat(Quantiles.median(List.of())).isEmpty();
    }

    @Test
    void a_share_beyond_1_is_refused() {
        assertThatThrownBy(() -> Quantiles.of(List.of(1.0), 95))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
