package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a run that goes on still knows of the agents that had ended before: 0 and 1, which answer
/// at once. 2 and 3 ask their client first.
final class ResumedRunTest extends ClientToolsFixture {
    private final Gate gate = new Gate();

    private static Script half(String later) {
        return (request, _) -> {
            if (agentOf(request) < 2) {
                return Reply.of(agentOf(request) == 0 ? OTHER : LEFT);
            }
            return round(request) > 0
                    ? Reply.of(later)
                    : Reply.of("Let me see.").calling("fetch", ARGUMENTS);
        };
    }

    /// Goes on with a suspended run, which stops at its first event.
    private BackgroundRun goOn(ScriptedModel model, Suspended before) {
        log.clear();
        return new Assistant(model, clock)
                .startAgain(
                        before,
                        results(before),
                        event -> {
                            log.add(event);
                            gate.stop();
                        });
    }

    @Test
    void the_best_answer_so_far_is_there_from_the_first_event_on() {
        Suspended before = suspend(half(LEFT), withClient(team()));
        try (ScriptedModel model = ScriptedModel.of(half(LEFT), patient());
                BackgroundRun run = goOn(model, before)) {
            gate.awaitStop();
            Optional<Outcome> best = run.best();
            gate.open();

            // One vote against one: of equals the first counts.
            assertThat(best).contains(new Outcome("21", Optional.of("21"), true));
            assertThat(outcome(run.await())).isEqualTo(new Outcome("31", Optional.of("31"), false));
        }
        assertThat(log.getFirst().event()).isInstanceOf(Event.ToolFinished.class);
    }

    @Test
    void a_run_that_is_told_to_finish_at_once_answers_with_it() {
        Script endless = half("and so on ".repeat(80));
        Suspended before = suspend(endless, withClient(team()));
        try (ScriptedModel model = ScriptedModel.of(endless, patient());
                BackgroundRun run = goOn(model, before)) {
            gate.awaitStop();
            run.finish();
            gate.open();

            assertThat(outcome(run.await())).isEqualTo(new Outcome("21", Optional.of("21"), true));
        }
    }
}
