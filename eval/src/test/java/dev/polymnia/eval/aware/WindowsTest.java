package dev.polymnia.eval.aware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WindowsTest {
    @Test
    void what_fits_is_one_window() {
        assertThat(Windows.of("", 20)).containsExactly("");
        assertThat(Windows.of("x".repeat(20), 20)).containsExactly("x".repeat(20));
    }

    @Test
    void a_window_ends_with_a_paragraph_a_line_a_sentence_or_a_word() {
        assertThat(Windows.of("One two. Three\nfour.\n\nFive six seven eight.", 30).getFirst())
                .isEqualTo("One two. Three\nfour.\n\n");
        assertThat(Windows.of("One two three four\nfive. Six seven eight", 30).getFirst())
                .isEqualTo("One two three four\n");
        assertThat(Windows.of("One two three four. Five six seven eight", 30).getFirst())
                .isEqualTo("One two three four. ");
        assertThat(Windows.of("One two three four five six seven eight", 30).getFirst())
                .isEqualTo("One two three four five six ");
        assertThat(Windows.of("x".repeat(40), 30).getFirst()).isEqualTo("x".repeat(30));
    }

    @Test
    void every_window_fits_and_begins_within_the_one_before() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            int size = 20 + random.nextInt(200);
            String text = text(random, random.nextInt(3000));

            List<String> windows = Windows.of(text, size);

            int covered = 0;
            for (String window : windows) {
                assertThat(window.length()).isLessThanOrEqualTo(size);
                int from = text.lastIndexOf(window, covered);
                assertThat(from).isNotNegative();
                covered = Math.max(covered, from + window.length());
            }
            assertThat(covered).isEqualTo(text.length());
            assertThat(windows)
                    .allSatisfy(window ->
                            assertThat(window.codePoints())
                                    .noneMatch(point -> point >= 0xD800 && point <= 0xDFFF));
        }
    }

    @Test
    void a_sentence_at_a_border_is_whole_in_one_of_the_two() {
        String sentence = "This is only a test.";
        for (int before = 0; before < 600; before++) {
            String text = "w ".repeat(before) + sentence + " w".repeat(600);

            assertThat(Windows.of(text, 500)).anyMatch(window -> window.contains(sentence));
        }
    }

    private static String text(Random random, int length) {
        String[] parts = {"a", "bc", " ", " ", ". ", "\n", "\n\n", "ä", "\ud83d\ude00"};
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
