package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.run.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0.05, 50000, 0.05",
        "2.50, 2500000, 2.5",
        "0, 0, 0",
        "0.000001, 1, 0.000001",
        "100, 100000000, 100"
    })
    void an_amount_is_read_and_told(String written, long millionths, String told) {
        assertThat(new Amounts().convert(written)).isEqualTo(millionths);
        assertThat(Money.words(millionths)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0.0000001", "1e5", ".5", "5 euros", "1,50", "1000000000"})
    void what_is_no_amount_is_refused(String written) {
        assertThatThrownBy(() -> new Amounts().convert(written))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + written + "'");
    }
}
