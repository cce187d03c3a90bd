package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.time.Duration;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

final class BoardTest {
    @Test
    void lines_fit_the_terminal() {
        Board board = new Board();
        Runs.log(Mode.CONTEMPLATING, Budget.UNLIMITED)
                .forEach(event -> {
                    board.on(event);
                    assertThat(board.lines(24, 8))
                            .allSatisfy(line ->
                                    assertThat(line)
                                            .hasSizeLessThanOrEqualTo(24)
                                            .doesNotContain("\n"));
                });
        assertThat(board.lines(80, 8)).hasSize(8);
    }

    @Test
    void the_latest_words_are_shown_in_the_columns_there_are() {
        Board board = new Board();
        board.on(event(new Event.AgentStarted(1, 1, "words")));
        board.on(new RunEvent("run", 1, 2, Duration.ZERO, new Event.AgentStarted(1, 2, "words")));
        board.on(words("x".repeat(3000) + " und 日本語日本語"));

        String line = board.lines(20, 2).getFirst();

        assertThat(line).startsWith("  1 ").endsWith("日本語日本語");
        assertThat(new AttributedString(line).columnLength()).isBetween(19, 20);
    }

    @Test
    void an_agent_alone_has_some_lines() {
        Board board = new Board();
        board.on(event(new Event.AgentStarted(1, 1, "words")));
        board.on(event(new Event.Told(new BranchEvent.Started(0, 9))));
        board.on(words("one two three four five six seven eight nine ten eleven"));

        assertThat(board.lines(16, 9))
                .containsExactly(
                        "  1 … five six", "      seven", "      eight nine", "      ten eleven");
        assertThat(board.lines(16, 2)).containsExactly("  1 … eight nine", "      ten eleven");
    }

    @Test
    void tools_stand_among_the_words() {
        Board board = new Board();
        Runs.tools().forEach(board::on);

        assertThat(board.lines(80, 2).getFirst()).endsWith("[look]  [look answered] ");
        assertThat(board.lines(80, 2).getLast()).endsWith("[look failed, asked by 2] ");
    }

    @Test
    void words_cannot_steer_the_terminal() {
        Board board = new Board();
        board.on(event(new Event.AgentStarted(1, 1, "words")));
        board.on(words("a\u001b[2Jb\r\nc"));

        assertThat(board.lines(40, 1).getFirst()).endsWith("a[2Jb c");
    }

    @Test
    void agents_that_are_done_give_way_when_there_is_no_room() {
        Board board = new Board();
        Runs.log(Mode.CONTEMPLATING, Budget.UNLIMITED).forEach(board::on);

        List<String> lines = board.lines(60, 4);

        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).isEqualTo("    5 agents are done");
    }

    private static RunEvent words(String text) {
        return event(new Event.Told(new BranchEvent.Delta(Channel.REASONING, text, List.of())));
    }

    private static RunEvent event(Event event) {
        return new RunEvent("run", 0, 1, Duration.ZERO, event);
    }
}
