package dev.polymnia.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");
    private static final Path FRESH = Path.of("target", "configuration.md");

    @Test
    void the_page_is_that_of_the_table() throws IOException {
        Files.writeString(FRESH, Reference.markdown());

        assertThat(PAGE)
                .as("stale: cp app/%s docs/reference/configuration.md", FRESH)
                .hasSameTextualContentAs(FRESH);
    }

    @Test
    void what_is_usual_is_possible() {
        assertThat(Stream.of(Setting.values()).filter(each -> !each.usual().isEmpty()))
                .allMatch(each -> each.takes(each.usual()));
    }

    @Test
    void keys_and_variables_are_told_apart() {
        assertThat(Stream.of(Setting.values()).map(Setting::key)).doesNotHaveDuplicates();
        assertThat(Stream.of(Setting.values()).map(Setting::variable))
                .doesNotHaveDuplicates()
                .contains("POLYMNIA_BACKEND", "POLYMNIA_LIMITS_BODY_BYTES");
    }
}
