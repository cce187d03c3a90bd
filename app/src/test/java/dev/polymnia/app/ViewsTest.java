package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunListener;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.ManualClock;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class ViewsTest {
    private static final List<String> WORDS =
            List.of(
                    "So 36 - 5 = 31.\nAnswer: 31",
                    "So 36 - 15 = 21.\nAnswer: 21",
                    "36 less 5.\nAnswer: 31");

    @ParameterizedTest
    @EnumSource(Mode.class)
    void piped_output_is_the_answer_alone(Mode mode) {
        Terminal terminal = Terminal.of("");

        show(new AnswerView(terminal.console()), log(mode, Budget.UNLIMITED));

        assertThat(terminal.out())
                .isEqualTo(mode == Mode.INSTANT ? WORDS.getFirst() + "\n" : "31\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void that_an_answer_is_partial_is_said_beside_it() {
        Terminal terminal = Terminal.of("");

        show(
                new AnswerView(terminal.console()),
                log(Mode.CONTEMPLATING, Budget.UNLIMITED.withTokens(12)));

        assertThat(terminal.out()).isNotBlank();
        assertThat(terminal.err()).contains("best answer so far");
    }

    @Test
    void a_terminal_shows_the_agents_the_votes_the_reason_the_answer_and_the_ledger() {
        Terminal terminal = Terminal.of("out,100", Map.of("NO_COLOR", "1"));

        show(new LiveView(terminal.console()), log(Mode.CONTEMPLATING, Budget.UNLIMITED));

        assertThat(terminal.out())
                .contains("contemplating · scripted · seed 7")
                .contains("  1 ● 31")
                .contains("  2 ● 21")
                .contains("votes    31 × ")
                .contains("stopped  ")
                .contains("(a guarantee)")
                .contains("\n31\n")
                .contains("trunk", "agent 1", "agent 8", "total");
    }

    @Test
    void no_colour_means_no_colour() {
        Terminal plain = Terminal.of("out,80", Map.of("NO_COLOR", "1"));
        Terminal coloured = Terminal.of("out,80");
        List<RunEvent> log = log(Mode.THINKING, Budget.UNLIMITED);

        show(new LiveView(plain.console()), log);
        show(new LiveView(coloured.console()), log);

        assertThat(plain.out()).doesNotContain("\u001b[1m").doesNotContain("\u001b[2m");
        assertThat(coloured.out()).contains("\u001b[1m");
    }

    @Test
    void lines_fit_the_terminal() {
        Board board = new Board();
        log(Mode.CONTEMPLATING, Budget.UNLIMITED)
                .forEach(event -> {
                    board.on(event);
                    assertThat(board.lines(24))
                            .allSatisfy(line ->
                                    assertThat(line)
                                            .hasSizeLessThanOrEqualTo(24)
                                            .doesNotContain("\n"));
                });
        assertThat(board.lines(80)).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void each_event_is_one_line_of_json(Mode mode) {
        Terminal terminal = Terminal.of("");
        List<RunEvent> log = log(mode, Budget.UNLIMITED);

        show(new JsonView(terminal.console().out()), log);

        List<JsonNode> lines = terminal.out().lines().map(new ObjectMapper()::readTree).toList();
        assertThat(lines).hasSameSizeAs(log);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).get("sequence").intValue()).isEqualTo(i);
            assertThat(lines.get(i).get("branch").intValue()).isEqualTo(log.get(i).branch());
            assertThat(lines.get(i).get("type").stringValue()).isNotBlank();
        }
        JsonNode end = lines.getLast();
        assertThat(end.get("type").stringValue()).isEqualTo("run_finished");
        assertThat(end.get("text").stringValue()).contains("31");
        assertThat(end.at("/ledger/entries")).isNotEmpty();
    }

    @Test
    void what_is_piped_in_comes_after_the_question() {
        assertThat(AskCommand.words(List.of("Sum", "up:", "-"), () -> " one two \n"))
                .isEqualTo("Sum up:\n\none two");
        assertThat(AskCommand.words(List.of(), () -> "Why?\n")).isEqualTo("Why?");
        assertThat(
                        AskCommand.words(
                                List.of("Why?"),
                                () -> {
                                    throw new AssertionError("read without need");
                                }))
                .isEqualTo("Why?");
    }

    private static void show(RunListener view, List<RunEvent> log) {
        log.forEach(view::on);
    }

    private static List<RunEvent> log(Mode mode, Budget budget) {
        List<RunEvent> log = new ArrayList<>();
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(WORDS))) {
            new Assistant(model, new ManualClock())
                    .answer(
                            new RunRequest(
                                    "run",
                                    List.of(Message.user("How many?")),
                                    mode,
                                    budget,
                                    7,
                                    8,
                                    new Cancellation()),
                            log::add);
        }
        return log;
    }
}
