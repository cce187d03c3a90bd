package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PriceFileTest {
    private static final String HOST = "https://host.example/v1";

    @TempDir private Path folder;

    private PriceFile read(String toml) {
        try {
            return PriceFile.read(Files.writeString(folder.resolve("prices.toml"), toml));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_the_example_says_is_read() {
        assertThat(read(PriceFile.example(HOST, "qwen3:8b")).endpoints())
                .isEqualTo(Map.of(HOST, Map.of("qwen3:8b", new Prices(150_000, 75_000, 600_000))));
    }

    @Test
    void each_endpoint_has_its_models() {
        PriceFile file =
                read(
                        """
                        # in euros
                        ["https://host.example/v1"."org/large-1.5"]
                        prompt = 3
                        generated = 15.25
                        ["https://host.example/v1"."small"]
                        prompt = 0.1
                        cached = 0
                        generated = 0.000001
                        ["http://localhost:8080".tiny]
                        prompt = 0
                        generated = 0
                        """);

        assertThat(file.endpoints())
                .isEqualTo(
                        Map.of(
                                HOST,
                                Map.of(
                                        "org/large-1.5",
                                        new Prices(3_000_000, 3_000_000, 15_250_000),
                                        "small",
                                        new Prices(100_000, 0, 1)),
                                "http://localhost:8080",
                                Map.of("tiny", Prices.FREE)));
        assertThat(read("").endpoints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    prompt = 0.15||has no prompt
                    generated = 0.60||has no generated
                    0.60|"much"|generated of "https://host.example/v1"."big" is "much"
                    0.60|-0.60|-0.60 is no price
                    0.60|0.0000006|at most six decimals
                    0.60|nan|generated
                    0.60|1e7|choose 0 to 1000000
                    cached|chached|'chached'
                    "big"|qwen2.5|names with dots stand in quotes
                    ."big"||"prompt" is 0.15, but should be a table
                    prompt =|prompt|(line 2)
                    """)
    void a_file_that_is_not_as_it_should_be_says_what_and_where(
            String right, String wrong, String told) {
        String text = PriceFile.example(HOST, "big");
        assertThat(text).contains(right);

        assertThatThrownBy(() -> read(text.replace(right, wrong == null ? "" : wrong)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(folder.resolve("prices.toml").toString())
                .hasMessageContaining(told)
                .hasMessageContaining("per million tokens");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> PriceFile.read(folder.resolve("none.toml")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("none.toml");
    }
}
