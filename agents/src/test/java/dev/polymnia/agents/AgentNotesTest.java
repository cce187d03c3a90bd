package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What went wrong with each agent, and with a team none of whose agents came to anything.
final class AgentNotesTest extends RunFixture {
    private static final String CIRCLES = "and so on ".repeat(30);
    private static final ProgramRunner FAILS = work -> ProgramRunner.Result.failed(work.words());

    private RunRequest four() {
        return request(Mode.CONTEMPLATING).withAgents(4);
    }

    private RunRequest programs() {
        return four().withTeam(TeamChoice.PROFILE.withMix(TeamChoice.Mix.PROGRAMS));
    }

    private void assertEndsWith(Fault.Code code, String message) {
        assertThat(log.getLast().event())
                .isInstanceOfSatisfying(
                        Event.RunFailed.class,
                        end -> {
                            assertThat(end.code()).isEqualTo(code);
                            assertThat(end.message()).isEqualTo(message);
                        });
    }

    /// Checks what an agent's end and its report in the ledger say.
    private void assertNote(int agent, StopReason reason, String note) {
        assertThat(
                        log.stream()
                                .filter(each -> each.branch() == agent)
                                .map(each -> each.event())
                                .filter(Event.AgentFinished.class::isInstance)
                                .map(Event.AgentFinished.class::cast))
                .singleElement()
                .satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(reason);
                    assertThat(end.note()).isEqualTo(note);
                    assertThat(end.votes()).isEqualTo(note.isEmpty());
                });
        AgentReport report =
                events(Event.RunFinished.class).getFirst().ledger().agents().stream()
                        .filter(each -> each.agent() == agent)
                        .findFirst()
                        .orElseThrow();
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.note()).isEqualTo(note);
    }

    @Test
    void programs_that_all_fail_say_why_and_equal_reasons_once() {
        Script script =
                (_, index) ->
                        Reply.of(index == 1 ? "NameError: left" : "SyntaxError: invalid syntax");

        assertFault(Fault.Code.INTERNAL, () -> answer(script, programs(), FAILS));

        assertEndsWith(
                Fault.Code.INTERNAL,
                "No agent came to an answer: SyntaxError: invalid syntax (agent 1, 3, 4);"
                        + " NameError: left (agent 2). Ask again, or another model.");
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
    }

    @Test
    void programs_that_the_budget_cuts_off_blame_the_budget() {
        RunRequest request = programs().withBudget(Budget.UNLIMITED.withTokens(6));

        assertFault(
                Fault.Code.BUDGET_SPENT,
                () -> answer((_, _) -> Reply.of("x = 36 - 5"), request, FAILS));

        assertEndsWith(
                Fault.Code.BUDGET_SPENT,
                "There is no answer: the budget of 6 tokens is spent and no agent has said anything"
                        + " that can be shown; raise it.");
    }

    @Test
    void a_team_that_says_nothing_has_no_answer() {
        assertFault(Fault.Code.INTERNAL, () -> answer((_, _) -> Reply.of(""), four()));

        assertEndsWith(
                Fault.Code.INTERNAL,
                "No agent came to an answer: it said nothing (agent 1, 2, 3, 4). Ask again, or"
                        + " another model.");
        assertThat(events(Event.JoinStarted.class)).isEmpty();
    }

    @Test
    void an_agent_alone_that_says_nothing_has_no_answer() {
        for (Mode mode : List.of(Mode.INSTANT, Mode.THINKING)) {
            assertThatThrownBy(() -> answer((_, _) -> Reply.of(" "), request(mode)))
                    .isInstanceOf(Fault.class)
                    .hasMessageStartingWith("The model ended its answer without a word");
        }
    }

    @Test
    void silence_is_no_text_that_others_could_be_like() {
        List<String> texts =
                List.of("", "Foxes are shy animals of the wood.", "", "Owls see well at night.");

        Outcome outcome = answer((_, index) -> Reply.of(texts.get(index)), four());

        assertThat(outcome.text()).isEqualTo(texts.get(1));
        assertThat(events(Event.JoinStarted.class))
                .extracting(Event.JoinStarted::method)
                .containsExactly(Event.Method.MEDOID);
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::note)
                .containsExactlyInAnyOrder("it said nothing", "", "it said nothing", "");
    }

    @Test
    void what_went_wrong_with_an_agent_is_told_and_kept() {
        List<Reply> replies =
                List.of(
                        Reply.of(LEFT),
                        Reply.of(LEFT).failingAfter(2),
                        Reply.of(CIRCLES + LEFT),
                        Reply.of(""));

        assertThat(answer((_, index) -> replies.get(index), four()).answer()).contains("31");

        assertNote(0, StopReason.END, "");
        assertNote(1, StopReason.FAILED, "The script fails after 2 tokens.");
        assertNote(2, StopReason.END, "it goes round in circles");
        assertNote(3, StopReason.END, "it said nothing");
    }
}
