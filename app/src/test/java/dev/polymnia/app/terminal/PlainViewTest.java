package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.run.Budget;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Golden words: what a screen reader reads.
final class PlainViewTest {
    private final FakeConsole console = FakeConsole.of("in,out,err,80");

    @Test
    void a_team_is_told_in_sentences() {
        Runs.show(
                Views.plain(console.console(), true),
                Runs.log(
                        Mode.CONTEMPLATING, Budget.UNLIMITED, List.of("Answer: 31", "Answer: 31")));

        assertThat(console.out())
                .isEqualTo(
                        """
                        The agents are thinking.
                        Agent 1 answers 31.
                        Agent 2 answers 31.
                        Agent 3 answers 31.
                        Agent 4 answers 31.
                        Stopped: 4 votes against 0: ahead with a probability of 0.97.
                        Votes: 4 for 31.
                        Answer:
                        31
                        Cost: 4 of 4 agreed · 0.0 s · 12 tokens
                        """);
    }

    @Test
    void an_agent_without_an_answer_says_why() {
        Runs.show(
                Views.plain(console.console(), true),
                Runs.log(Mode.CONTEMPLATING, Budget.UNLIMITED.withTokens(10)));

        assertThat(console.out())
                .contains("has no answer: no budget left.")
                .contains("The run was cut short: this is the best answer so far.");
    }

    @Test
    void tools_are_told_in_sentences() {
        Runs.show(Views.plain(console.console(), true), Runs.tools());

        assertThat(console.out())
                .isEqualTo(
                        """
                        The agents are thinking.
                        Agent 1: the tool look answered.
                        Agent 2: the tool look failed, asked by 2.
                        Waiting for the results of fetch, send.
                        """);
    }

    @Test
    void nothing_is_drawn_over_and_nothing_steers_the_terminal() {
        Runs.show(
                Views.plain(console.console(), false),
                Runs.log(
                        Mode.INSTANT,
                        Budget.UNLIMITED,
                        List.of("\u001b[31mred\u001b[0m\nand more")));

        assertThat(console.out())
                .startsWith("instant · scripted · seed 7\nAnswer:\n[31mred[0m\nand more\nledger ")
                .doesNotContain("\u001b")
                .doesNotContain("\r");
    }
}
