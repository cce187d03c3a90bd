package dev.polymnia.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PricesTest {
    @ParameterizedTest
    @CsvSource({"0.15, 150000", "0, 0", "0.000001, 1", "75, 75000000", "1e6, 1000000000000"})
    void a_price_of_a_million_tokens_is_exact(BigDecimal written, long trillionths) {
        assertThat(Prices.ofMillion(written)).isEqualTo(trillionths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.15", "0.0000001", "1000001", "1e999999999"})
    void what_is_no_price_is_refused(BigDecimal written) {
        assertThatThrownBy(() -> Prices.ofMillion(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(written.toString());
    }

    @Test
    void each_kind_of_token_has_its_own_price() {
        Prices prices = new Prices(5, 2, 11);

        assertThat(prices.cost(new Usage(3, 7, 13))).isEqualTo(3 * 2 + 7 * 5 + 13 * 11);
        assertThat(prices.most(10, 20)).isEqualTo(10 * 5 + 20 * 11);
        assertThat(new Prices(2, 5, 0).most(10, 20)).isEqualTo(50);
        assertThat(Prices.FREE.cost(new Usage(3, 7, 13))).isZero();
    }

    @Test
    void costs_that_are_too_large_stay_large() {
        Prices dear = new Prices(Prices.MOST, Prices.MOST, Prices.MOST);

        assertThat(dear.cost(new Usage(1L << 40, 1L << 40, 1))).isEqualTo(Long.MAX_VALUE);
    }
}
