package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prices;
import dev.polymnia.remote.RemoteOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PriceTableTest {
    private static final URI BASE = RemoteOptions.of("https://host.example").base();

    @TempDir private Path folder;

    private Path write(String url) throws IOException {
        String toml = "[\"%s\".big]\nprompt = 1\ngenerated = 2\n".formatted(url);
        return Files.writeString(folder.resolve("prices.toml"), toml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host.example",
                "https://host.example/",
                "HTTPS://host.example/v1",
                "https://host.example/v1/"
            })
    void an_endpoint_is_found_however_its_address_is_written(String url) throws IOException {
        assertThat(PriceTable.of(write(url), BASE))
                .containsOnlyKeys("big")
                .containsValue(new Prices(1_000_000, 1_000_000, 2_000_000));
    }

    @Test
    void other_endpoints_and_no_file_have_no_prices() throws IOException {
        assertThat(PriceTable.of(write("https://host.example/v2"), BASE)).isEmpty();
        assertThat(PriceTable.of(folder.resolve("none.toml"), BASE)).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_named_with_the_file() throws IOException {
        Path file = write("host.example");

        assertThatThrownBy(() -> PriceTable.of(file, BASE))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("'host.example'");
    }

    @Test
    void what_is_missing_is_told_as_it_has_to_be_written() throws IOException {
        Path file = folder.resolve("prices.toml");
        String told = PriceTable.unknown(file, BASE, "big-1.5").getMessage();
        assertThat(told).contains(file.toString());

        Files.writeString(file, told.substring(told.indexOf("\n[") + 1));

        assertThat(PriceTable.of(file, BASE)).containsOnlyKeys("big-1.5");
    }
}
