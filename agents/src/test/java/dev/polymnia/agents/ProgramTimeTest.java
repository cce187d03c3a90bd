package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.AgentReport;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The time of a run while programs are at work, when nobody but the run looks at the clock. Agent
/// 0 reasons in words and is done first, agent 1 writes a program.
final class ProgramTimeTest extends RunFixture {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final String NOTE = "there was no time left to run it to its end";

    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private RunRequest timed(TeamChoice team) {
        return request(Mode.CONTEMPLATING)
                .withAgents(2)
                .withTeam(team)
                .withBudget(Budget.UNLIMITED.withTime(TIME));
    }

    private Outcome answer(RunRequest request, RunListener listener, ProgramRunner programs) {
        String program = "left = 36 - 5\n".repeat(8) + "return left";
        Script script =
                (asked, _) -> {
                    String words = asked.prompt().messages().getLast().text();
                    return Reply.of(words.endsWith(ScriptedModel.PROGRAM_HINT) ? program : LEFT);
                };
        try (ScriptedModel model = ScriptedModel.of(script)) {
            return new Assistant(model, clock, programs).answer(request, listener);
        }
    }

    /// Goes on until it is interrupted. The time is over when so many have begun, not before: it
    /// holds for those who still write, too.
    private ProgramRunner.Result hang(int programs) {
        if (begun.incrementAndGet() == programs) {
            clock.advance(TIME);
        }
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted.countDown();
        }
        throw new Fault(Fault.Code.CANCELLED, "It was interrupted.");
    }

    /// Lets the time run out between the last word of a program and its start.
    private void advanceAtEnd(RunEvent event) {
        log.add(event);
        if (event.branch() == 1 && event.event() instanceof Event.Told(BranchEvent.Ended _)) {
            clock.advance(TIME);
        }
    }

    private void assertOutOfTime(Outcome outcome) {
        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), true));
        assertThat(events(Event.StoppedEarly.class))
                .containsExactly(
                        new Event.StoppedEarly(Event.Rule.BUDGET, "the budget of 10.0 s is spent"));
        assertAgent(0);
        assertAgent(1);
        List<Event.AgentFinished> ends = events(Event.AgentFinished.class);
        assertThat(ends)
                .extracting(Event.AgentFinished::reason)
                .containsExactly(StopReason.END, StopReason.BUDGET_TIME);
        assertThat(ends).extracting(Event.AgentFinished::note).containsExactly("", NOTE);
        assertThat(ends).extracting(Event.AgentFinished::votes).containsExactly(true, false);
        assertThat(events(Event.RunFinished.class).getFirst().ledger().agents())
                .extracting(AgentReport::reason, AgentReport::note)
                .containsExactly(tuple(StopReason.END, ""), tuple(StopReason.BUDGET_TIME, NOTE));
    }

    @Test
    void a_program_that_hangs_is_ended_when_the_time_is_over() throws InterruptedException {
        assertOutOfTime(answer(timed(TeamChoice.PROFILE), log::add, _ -> hang(1)));

        assertThat(begun).hasValue(1);
        interrupted.await();
    }

    @Test
    void a_program_for_which_no_time_is_left_is_not_begun() {
        assertOutOfTime(answer(timed(TeamChoice.PROFILE), this::advanceAtEnd, _ -> hang(1)));

        assertThat(begun).hasValue(0);
    }

    @Test
    void programs_that_all_hang_have_spent_the_time() {
        TeamChoice programs = TeamChoice.PROFILE.withMix(TeamChoice.Mix.PROGRAMS);
        assertFault(Fault.Code.BUDGET_SPENT, () -> answer(timed(programs), log::add, _ -> hang(2)));

        assertThat(events(Event.AgentFinished.class))
                .hasSize(2)
                .allMatch(end -> end.reason() == StopReason.BUDGET_TIME)
                .allMatch(end -> end.note().equals(NOTE));
    }

    @Test
    void what_a_program_came_to_in_time_counts_though_the_time_is_over_then() {
        ProgramRunner late =
                _ -> {
                    clock.advance(TIME);
                    return ProgramRunner.Result.of("31");
                };

        Outcome outcome = answer(timed(TeamChoice.PROFILE), log::add, late);

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(answersByAgent()).containsOnlyKeys(0, 1);
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::reason)
                .containsOnly(StopReason.END);
    }
}
