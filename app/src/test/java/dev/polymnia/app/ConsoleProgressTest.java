package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleProgressTest {
    private static final String CLEAR = "\r\u001b[2K";

    private final ManualClock clock = new ManualClock();

    @Test
    void a_terminal_sees_one_line_that_is_drawn_at_most_five_times_a_second() {
        FakeConsole terminal = FakeConsole.of("err,80");
        ConsoleProgress progress = progress(terminal);

        progress.begin("tiny.gguf", 100_000_000, 0);
        for (int i = 0; i < 1000; i++) {
            clock.advance(Duration.ofMillis(10));
            progress.advance(50_000);
        }

        List<String> drawn = drawn(terminal);
        assertThat(drawn).hasSizeBetween(40, 51);
        assertThat(drawn.getLast())
                .isEqualTo("Fetching tiny.gguf   50 %  50 MB of 100 MB  5.0 MB/s  10 s left");
    }

    @Test
    void the_rate_is_smooth() {
        FakeConsole terminal = FakeConsole.of("err,80");
        ConsoleProgress progress = progress(terminal);
        progress.begin("tiny.gguf", 1_000_000_000, 0);
        second(progress, 1);
        second(progress, 10_000_000);
        second(progress, 10_000_000);
        second(progress, 100_000_000);

        assertThat(drawn(terminal).getLast()).contains("29.9 MB/s", "30 s left");
    }

    @Test
    void what_was_here_before_does_not_count_for_the_rate() {
        FakeConsole terminal = FakeConsole.of("err,80");
        ConsoleProgress progress = progress(terminal);
        progress.begin("tiny.gguf", 100_000_000, 90_000_000);
        second(progress, 1);
        second(progress, 1_000_000);

        assertThat(drawn(terminal).getLast()).contains(" 91 %", "1.0 MB/s", "9 s left");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 50, 60, 79, 80, 200})
    void it_fits_any_width(int width) {
        FakeConsole terminal = FakeConsole.of("err," + width);
        ConsoleProgress progress = progress(terminal);
        progress.begin("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", 18_556_685_824L, 0);
        second(progress, 1_000_000);
        second(progress, 1_000_000);

        assertThat(drawn(terminal)).allMatch(line -> line.length() < width);
        assertThat(drawn(terminal).getLast()).contains("0 %", "5 h 09 min");
    }

    @Test
    void elsewhere_there_is_a_plain_line_for_each_tenth() {
        for (FakeConsole terminal :
                List.of(FakeConsole.of(""), FakeConsole.of("err,80", Map.of("TERM", "dumb")))) {
            ConsoleProgress progress = progress(terminal);
            progress.begin("tiny.gguf", 100_000_000, 0);
            for (int i = 0; i < 1000; i++) {
                progress.advance(100_000);
            }
            progress.note("Not from the hub: \u001b[31mred\u0007.");
            progress.done();

            assertThat(terminal.err().lines())
                    .hasSize(13)
                    .contains(
                            "Fetching tiny.gguf    0 %  0 MB of 100 MB",
                            "Fetching tiny.gguf   50 %  50 MB of 100 MB",
                            "Fetching tiny.gguf  100 %  100 MB of 100 MB",
                            "Not from the hub:  [31mred .",
                            "Fetched and checked tiny.gguf.");
            assertThat(terminal.err()).doesNotContain("\u001b", "\r", "\u0007");
        }
    }

    @Test
    void a_note_stands_above_the_line() {
        FakeConsole terminal = FakeConsole.of("err,80");
        ConsoleProgress progress = progress(terminal);
        progress.begin("tiny.gguf", 100, 0);
        progress.note("Trying again.");

        assertThat(terminal.err()).contains(CLEAR + "Trying again.\n" + CLEAR + "Fetching tiny");
    }

    private void second(ConsoleProgress progress, int bytes) {
        clock.advance(Duration.ofSeconds(1));
        progress.advance(bytes);
    }

    private ConsoleProgress progress(FakeConsole terminal) {
        return new ConsoleProgress(terminal.console(), "Fetching", clock);
    }

    private static List<String> drawn(FakeConsole terminal) {
        return List.of(terminal.err().split("\\r\\x1b\\[2K", -1)).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
