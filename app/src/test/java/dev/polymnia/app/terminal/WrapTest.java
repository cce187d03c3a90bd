package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

final class WrapTest {
    @Test
    void lines_end_at_spaces() {
        assertThat(wrap("the quick brown fox", 10)).containsExactly("the quick", "brown fox");
    }

    @Test
    void a_word_longer_than_a_line_is_cut() {
        assertThat(wrap("a abcdefghij b", 4)).containsExactly("a", "abcd", "efgh", "ij b");
    }

    @Test
    void wide_characters_take_two_columns() {
        assertThat(wrap("日本語日本語", 5)).containsExactly("日本", "語日", "本語");
    }

    @Test
    void line_feeds_end_a_line_and_an_empty_text_is_one_line() {
        assertThat(wrap("a\n\nb", 9)).containsExactly("a", "", "b");
        assertThat(wrap("", 9)).containsExactly("");
    }

    @Test
    void no_line_is_too_long_and_no_word_is_lost() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append("ab 日é \n".charAt(random.nextInt(7)));
            }
            int width = 2 + random.nextInt(12);

            List<AttributedString> lines = Wrap.lines(new AttributedString(text), width);

            assertThat(lines).allMatch(line -> line.columnLength() <= width);
            assertThat(String.join("", wrap(text.toString(), width)).replace(" ", ""))
                    .isEqualTo(text.toString().replaceAll("[ \n]", ""));
        }
    }

    private static List<String> wrap(String text, int width) {
        return Wrap.lines(new AttributedString(text), width).stream()
                .map(AttributedString::toString)
                .toList();
    }
}
