package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.ModelProfile.ModeSettings;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackgroundRunTest extends RunFixture {
    private static final int MANY = 1_000_000;
    private static final String ENDLESS = "and so on ".repeat(80);

    /// A run stops after the event that a test looks for until it is let go on.
    private final Gate gate = new Gate();

    private static Script oneEnds() {
        return (request, index) -> Reply.of(index == 0 ? LEFT : ENDLESS);
    }

    private BackgroundRun start(
            ScriptedModel model, RunRequest request, Class<? extends Event> pauseAfter) {
        return new Assistant(model, Clock.SYSTEM)
                .start(
                        request,
                        event -> {
                            log.add(event);
                            if (pauseAfter.isInstance(event.event())) {
                                gate.stop();
                            }
                        });
    }

    @Test
    void it_ends_by_itself_like_any_other() {
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)));
                BackgroundRun run =
                        new Assistant(model, Clock.SYSTEM)
                                .start(request(Mode.CONTEMPLATING), log::add)) {
            assertThat(run.await())
                    .isEqualTo(new RunResult.Answered(new Outcome("31", Optional.of("31"), false)));
            assertThat(run.isOver()).isTrue();
            assertThat(run.best()).contains(new Outcome("31", Optional.of("31"), true));
        }
    }

    @Test
    void its_limits_can_be_raised_while_it_is_at_work() throws InterruptedException {
        RunRequest request = request(Mode.INSTANT).withBudget(Budget.UNLIMITED.withTokens(3));
        try (ScriptedModel model =
                        ScriptedModel.manual((_, _) -> Reply.of("one two three four five"));
                BackgroundRun run = new Assistant(model, Clock.SYSTEM).start(request, log::add)) {
            model.awaitLive(1);
            run.raise(run.budget().withTokens(100));
            while (!run.isOver()) {
                model.step();
            }

            assertThat(run.await())
                    .isInstanceOfSatisfying(
                            RunResult.Answered.class,
                            answered -> assertThat(answered.outcome().partial()).isFalse());
        }
        assertThat(events(Event.BudgetRaised.class))
                .singleElement()
                .satisfies(raised -> assertThat(raised.budget().tokens()).isEqualTo(100));
    }

    @Test
    void a_team_that_is_told_to_finish_answers_with_what_there_is() {
        try (ScriptedModel model = ScriptedModel.of(oneEnds());
                BackgroundRun run = start(model, request(Mode.CONTEMPLATING), Event.Tally.class)) {
            assertThat(run.best()).isEmpty();
            gate.awaitStop();
            run.finish();
            gate.open();

            assertThat(run.await())
                    .isEqualTo(new RunResult.Answered(new Outcome("31", Optional.of("31"), true)));
        }
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::rule)
                .containsExactly(Event.Rule.REQUEST);
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFinished.class);
    }

    @Test
    void one_agent_that_is_told_to_finish_answers_with_the_words_so_far() {
        // The model does not wait for the run, so it needs more words than it has time for.
        Script talks = Script.inOrder(List.of("Answer: one two " + "on ".repeat(MANY)));
        ModelInfo usual = ScriptedModel.defaultInfo();
        Map<Mode, ModeSettings> modes = new EnumMap<>(usual.profile().modes());
        modes.put(Mode.INSTANT, new ModeSettings("", Sampling.GREEDY, MANY));
        ModelInfo patient =
                new ModelInfo(
                        usual.name(),
                        usual.digest(),
                        2 * MANY,
                        usual.capabilities(),
                        new ModelProfile(usual.profile().reasoning(), modes));
        try (ScriptedModel model = ScriptedModel.of(talks, patient);
                BackgroundRun run = start(model, request(Mode.INSTANT), Event.AnswerDelta.class)) {
            gate.awaitStop();
            Optional<Outcome> soFar = run.best();
            run.finish();
            gate.open();

            assertThat(soFar).contains(new Outcome("Answer:", Optional.empty(), true));
            Outcome outcome = ((RunResult.Answered) run.await()).outcome();
            assertThat(outcome.partial()).isTrue();
            assertThat(outcome.text()).startsWith("Answer: one").hasSizeLessThan(MANY);
        }
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::rule)
                .containsExactly(Event.Rule.REQUEST);
    }

    @Test
    void a_run_that_is_told_to_finish_before_there_are_words_says_so() {
        try (ScriptedModel model = ScriptedModel.of(oneEnds());
                BackgroundRun run =
                        start(model, request(Mode.CONTEMPLATING), Event.RunStarted.class)) {
            gate.awaitStop();
            run.finish();
            gate.open();

            assertFault(Fault.Code.CANCELLED, run::await);
            assertThat(run.best()).isEmpty();
        }
    }

    @Test
    void closing_cancels_it() {
        try (ScriptedModel model = ScriptedModel.of(oneEnds());
                BackgroundRun run = start(model, request(Mode.CONTEMPLATING), Event.Tally.class)) {
            gate.awaitStop();
            run.cancel();
            gate.open();
            assertFault(Fault.Code.CANCELLED, run::await);
        }
        assertThat(log.stream().map(RunEvent::event).toList().getLast())
                .isInstanceOf(Event.RunFailed.class);
    }
}
