package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecommendationTest {
    private static final List<CatalogueEntry> ENTRIES = Catalogue.builtIn().entries();

    @ParameterizedTest
    @CsvSource({
        "1, cpu, ''",
        "2, cpu, qwen2.5-coder-0.5b",
        "4, cpu, qwen3-1.7b",
        "8, cpu, qwen3-4b",
        "16, cpu, qwen3-4b",
        "25, cpu, qwen3-4b",
        "32, cpu, qwen3-30b-a3b",
        "8, cuda, qwen3-4b",
        "9, vulkan, qwen3-8b",
        "16, metal, qwen3-14b",
        "32, cuda, qwen3-30b-a3b",
        "512, cuda, qwen3-30b-a3b",
    })
    void the_largest_that_fits_and_is_quick_enough(long gigabytes, String device, String name) {
        Optional<Recommendation> best =
                Recommendation.of(ENTRIES, gigabytes * 1_000_000_000, device);

        assertThat(best.map(found -> found.entry().name()).orElse("")).isEqualTo(name);
    }

    @Test
    void it_says_why() {
        assertThat(Recommendation.of(ENTRIES, 16_000_000_000L, "cpu").orElseThrow().why())
                .isEqualTo(
                        "the largest that fits into 16.0 GB of memory and is quick without a"
                                + " graphics device");
        assertThat(Recommendation.of(ENTRIES, 16_000_000_000L, "cuda").orElseThrow().why())
                .contains("16.0 GB of memory, with cuda");
    }

    @Test
    void what_the_engine_cannot_run_is_never_recommended() {
        for (long gigabytes = 1; gigabytes < 200; gigabytes++) {
            for (String device : List.of("cpu", "cuda")) {
                assertThat(
                                Recommendation.of(ENTRIES, gigabytes * 1_000_000_000, device)
                                        .flatMap(best -> best.entry().elsewhere()))
                        .isEmpty();
            }
        }
    }
}
