package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MarkdownStreamTest {
    private static final String TEXT =
            """
            # A title

            One paragraph of words that is longer than the terminal is wide, so it is filled.
            #1 is no heading, and
            - this is a list
              - with another
            - of two

            | a | b |
            | - | - |
            | 1 | 2 |

            ```python
            def f():
                return 1
            ```
            The end.
            """;

    @Test
    void however_it_is_cut_the_same_lines_stay() {
        List<String> whole = shown(new Random(0), TEXT.length());

        assertThat(whole).contains("A title", "• this is a list", "  def f():", "The end.");
        for (int seed = 1; seed <= 60; seed++) {
            assertThat(shown(new Random(seed), 1 + seed % 23)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void the_last_block_is_live_and_the_others_stay() {
        FakeTerminal terminal = new FakeTerminal(40, 10);
        MarkdownStream stream = new MarkdownStream(terminal.screen(), new Ink(false));

        stream.accept("First.\n\nSec");
        stream.draw();
        assertThat(terminal.rows()).containsExactly("First.", "", "Sec");
        stream.accept("ond **wor");
        stream.draw();
        assertThat(terminal.rows()).containsExactly("First.", "", "Second **wor");
        stream.accept("ds**");
        stream.finish();
        assertThat(terminal.rows()).containsExactly("First.", "", "Second words");
    }

    @Test
    void a_block_longer_than_the_screen_scrolls_and_is_shown_once() {
        FakeTerminal terminal = new FakeTerminal(30, 6);
        MarkdownStream stream = new MarkdownStream(terminal.screen(), new Ink(false));

        stream.accept("```\n");
        for (int i = 1; i <= 20; i++) {
            stream.accept("line " + i + "\n");
            stream.draw();
        }
        stream.accept("```\n\nDone.");
        stream.finish();

        assertThat(terminal.all())
                .containsSubsequence("  line 1", "  line 2", "  line 19", "  line 20", "", "Done.")
                .doesNotHaveDuplicates();
    }

    private static List<String> shown(Random random, int most) {
        FakeTerminal terminal = new FakeTerminal(50, 40);
        MarkdownStream stream = new MarkdownStream(terminal.screen(), new Ink(false));
        for (int at = 0; at < TEXT.length(); ) {
            int end = Math.min(TEXT.length(), at + 1 + random.nextInt(most));
            stream.accept(TEXT.substring(at, end));
            stream.draw();
            at = end;
        }
        stream.finish();
        return terminal.all();
    }
}
