package dev.polymnia.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StopStringsTest {
    @Test
    void cuts_before_the_hit() {
        StopStrings stops = new StopStrings(List.of("\nUser:", "END"));
        assertThat(stops.accept("Hello\nUs")).isEqualTo("Hello");
        assertThat(stops.accept("ual\n")).isEqualTo("\nUsual");
        assertThat(stops.accept("User: you")).isEmpty();
        assertThat(stops.hit()).isTrue();
        assertThat(stops.accept("more")).isEmpty();
        assertThat(stops.finish()).isEmpty();
    }

    @Test
    void gives_out_at_the_end_what_was_held_back() {
        StopStrings stops = new StopStrings(List.of("END"));
        assertThat(stops.accept("THE EN")).isEqualTo("THE ");
        assertThat(stops.finish()).isEqualTo("EN");
        assertThat(stops.hit()).isFalse();
    }

    @Test
    void lets_everything_through_without_stop_strings() {
        StopStrings stops = new StopStrings(List.of());
        assertThat(stops.accept("text")).isEqualTo("text");
        assertThat(stops.finish()).isEmpty();
    }

    @Test
    void takes_the_one_that_is_complete_first_and_of_those_the_longest() {
        assertThat(new StopStrings(List.of("abcd", "bc")).accept("xabcd")).isEqualTo("xa");
        assertThat(new StopStrings(List.of("c", "abc", "bc")).accept("xabcd")).isEqualTo("x");
    }

    @Test
    void refuses_an_empty_stop_string() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new StopStrings(List.of("a", "")));
    }

    @Test
    void agrees_with_a_plain_search_however_the_text_is_cut() {
        for (int seed = 0; seed < 600; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> stops =
                    Stream.generate(() -> word(random, 1 + random.nextInt(4)))
                            .limit(1 + random.nextInt(3))
                            .toList();
            String text = word(random, random.nextInt(10));
            Found expected = plainSearch(text, stops);
            Chunks.all(text)
                    .forEach(parts ->
                            assertThat(run(parts, stops))
                                    .as("%s in %s", stops, parts)
                                    .isEqualTo(expected));
        }
    }

    private record Found(String text, boolean hit) {}

    private static String word(SplittableRandom random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append("ab".charAt(random.nextInt(2)));
        }
        return word.toString();
    }

    private static Found plainSearch(String text, List<String> stops) {
        for (int end = 1; end <= text.length(); end++) {
            String read = text.substring(0, end);
            int longest =
                    stops.stream().filter(read::endsWith).mapToInt(String::length).max().orElse(0);
            if (longest > 0) {
                return new Found(text.substring(0, end - longest), true);
            }
        }
        return new Found(text, false);
    }

    /// Runs the parts through and checks after each that no more is held back than needed.
    private static Found run(List<String> parts, List<String> stops) {
        StopStrings search = new StopStrings(stops);
        StringBuilder told = new StringBuilder();
        StringBuilder read = new StringBuilder();
        for (String part : parts) {
            told.append(search.accept(part));
            read.append(part);
            if (!search.hit()) {
                String held = read.substring(told.length());
                assertThat(held.isEmpty() || stops.stream().anyMatch(stop -> stop.startsWith(held)))
                        .as("held back: %s", held)
                        .isTrue();
            }
        }
        told.append(search.finish());
        return new Found(told.toString(), search.hit());
    }
}
