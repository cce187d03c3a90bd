package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Golden screens: what stands on the terminal while a run goes on and after it.
final class RunViewTest {
    private final FakeTerminal terminal = new FakeTerminal(64, 30);

    @Test
    void a_run_ends_with_agents_votes_reason_answer_and_ledger() {
        Runs.show(view(false), Runs.contemplation());

        assertThat(terminal.picture())
                .isEqualTo(
                        """
                        contemplating · scripted · seed 7
                          1 ● 21
                          2 ● 31
                          3 ● 31
                          4 ○ (not needed any more)
                        votes    31 × 2   21 × 1   no vote × 1
                        stopped  2 votes against 1, and no more (a guarantee)

                        There are 31 muffins left.

                        ledger   prompt cached prompt read    written
                        trunk                0          12          0
                        agent 1             12           1         21
                        agent 2             12           1       1302
                        total               24          14       1323   tokens, 4.3 s\
                        """);
    }

    @Test
    void a_brief_view_ends_with_one_line() {
        Runs.show(view(true), Runs.contemplation());

        assertThat(terminal.picture())
                .isEqualTo(
                        """
                        There are 31 muffins left.

                        2 of 4 agreed · 4.3 s · 1,323 tokens\
                        """);
    }

    @Test
    void while_agents_think_each_has_a_line() {
        List<RunEvent> log = Runs.contemplation();
        int firstDone = firstIndex(log, Event.AgentFinished.class);

        Runs.show(view(false), log.subList(0, firstDone + 1));

        assertThat(terminal.picture())
                .isEqualTo(
                        """
                        contemplating · scripted · seed 7
                          1 … So 36 - 5 is 31. Then we have it.
                          2 … So 36 - 5 is 31. Then we have it.
                          3 ● 31
                          4 … So 36 - 5 is 31. Then we have it.\
                        """);
    }

    @Test
    void markdown_is_shown_while_it_is_written() {
        Runs.show(
                view(true),
                Runs.log(Mode.INSTANT, Budget.UNLIMITED, List.of("Take:\n\n- **eggs**\n- `milk`")));

        assertThat(terminal.rows().subList(0, 4)).containsExactly("Take:", "", "• eggs", "• milk");
    }

    @Test
    void twenty_columns_are_enough() {
        FakeTerminal narrow = new FakeTerminal(20, 12);
        RunView view = new RunView(narrow.screen(), new Ink(true), true);
        List<RunEvent> log = Runs.contemplation();
        int firstDone = firstIndex(log, Event.AgentFinished.class);

        Runs.show(view, log.subList(0, firstDone + 1));
        assertThat(narrow.rows())
                .containsExactly(
                        "  1 … n we have it.",
                        "  2 … n we have it.",
                        "  3 ● 31",
                        "  4 … n we have it.");
        Runs.show(view, log.subList(firstDone + 1, log.size()));

        assertThat(narrow.rows())
                .containsExactly(
                        "There are 31",
                        "muffins left.",
                        "",
                        "2 of 4 agreed · 4.3",
                        "s · 1,323 tokens");
    }

    @Test
    void without_colours_nothing_is_coloured() {
        assertThat(written(false)).doesNotContain("\u001b[1m", "\u001b[2m", "\u001b[3");
        assertThat(written(true)).contains("\u001b[2m");
    }

    private static String written(boolean colours) {
        StringBuilder written = new StringBuilder();
        Screen screen =
                new Screen() {
                    @Override
                    public int width() {
                        return 80;
                    }

                    @Override
                    public int height() {
                        return 24;
                    }

                    @Override
                    public void print(List<org.jline.utils.AttributedString> lines) {
                        lines.forEach(line -> written.append(line.toAnsi()).append('\n'));
                    }

                    @Override
                    public void live(List<org.jline.utils.AttributedString> lines) {
                        print(lines);
                    }
                };
        Runs.show(
                new RunView(screen, new Ink(colours), false),
                Runs.log(Mode.THINKING, Budget.UNLIMITED.withTokens(5)));
        return written.toString();
    }

    private RunView view(boolean brief) {
        return new RunView(terminal.screen(), new Ink(false), brief);
    }

    private static int firstIndex(List<RunEvent> log, Class<? extends Event> type) {
        for (int i = 0; i < log.size(); i++) {
            if (type.isInstance(log.get(i).event())) {
                return i;
            }
        }
        throw new AssertionError("no " + type);
    }
}
