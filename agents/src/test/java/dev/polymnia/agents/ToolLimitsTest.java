package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.StopReason;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends a run whose agents wait for tools or call them for ever.
final class ToolLimitsTest extends ToolFixture {
    private static final Budget MINUTE = Budget.UNLIMITED.withTime(Duration.ofMinutes(1));

    @Test
    void an_agent_that_calls_for_ever_is_ended() {
        TestTool look = reading("look");

        assertFault(
                Fault.Code.BUDGET_SPENT,
                () ->
                        ask(
                                (request, _) ->
                                        Reply.of("")
                                                .calling("look", "{\"n\": " + round(request) + "}"),
                                alone(look)));

        assertThat(look.calls).hasSize(Talk.MOST_ROUNDS);
        assertThat(events(Event.RunFailed.class).getFirst().message()).contains("16 turns");
        assertSound();
    }

    @Test
    void an_agent_that_calls_for_ever_does_not_vote_and_the_others_do() {
        Outcome outcome =
                ask(
                        (request, _) ->
                                agentOf(request) == 2
                                        ? Reply.of("Answer: 7").calling("look", ARGUMENTS)
                                        : Reply.of(LEFT),
                        team(reading("look")));

        assertThat(outcome.answer()).contains("31");
        assertThat(answersByAgent().keySet()).containsExactly(0, 1, 3);
        assertThat(events(Event.AgentFinished.class))
                .filteredOn(finished -> !finished.votes())
                .singleElement()
                .satisfies(ended ->
                        assertThat(ended.note()).isEqualTo("it still called tools after 16 turns"));
        assertSound();
    }

    @Test
    void a_run_without_any_answer_says_what_happened_to_each_agent() {
        assertFault(
                Fault.Code.INTERNAL,
                () ->
                        ask(
                                (request, _) ->
                                        agentOf(request) == 2
                                                ? Reply.of("").calling("look", ARGUMENTS)
                                                : Reply.of("").failingAfter(0),
                                team(reading("look"))));

        assertThat(events(Event.RunFailed.class).getFirst().message())
                .contains("Agent 1: The script fails", "Agent 3: There is no answer: the model")
                .contains("Agent 4: The script fails");
        assertSound();
    }

    @Test
    void words_of_an_agent_that_calls_for_ever_are_a_partial_answer() {
        Outcome outcome = ask(callingAlways("Answer: 31"), alone(reading("look")));

        assertThat(outcome.partial()).isTrue();
        assertThat(outcome.answer()).contains("31");
    }

    private static Script callingAlways(String words) {
        return (_, _) -> Reply.of(words).calling("look", ARGUMENTS);
    }

    /// Returns a tool that lets the time pass and then waits until it is cancelled.
    private static TestTool hanging(Runnable first) {
        return hanging(first, () -> {});
    }

    /// Returns one that does something at its end, too.
    private static TestTool hanging(Runnable first, Runnable last) {
        return new TestTool(
                "look",
                true,
                (_, stop) -> {
                    first.run();
                    awaitRequest(stop);
                    last.run();
                    return "cancelled";
                });
    }

    private static void awaitRequest(Cancellation stop) {
        CountDownLatch requested = new CountDownLatch(1);
        try (Cancellation.Registration _ = stop.onRequest(requested::countDown)) {
            await(requested);
        }
    }

    private static void await(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                // It does not want to hear of it.
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_tool_that_hangs_is_cancelled_when_the_time_is_over(Mode mode) {
        TestTool hanging = hanging(() -> clock.advance(Duration.ofMinutes(1)));
        RunRequest request = request(mode).withTools(List.of(hanging)).withBudget(MINUTE);

        Outcome outcome = ask(callingOnce("look", ARGUMENTS), request);

        assertThat(outcome.partial()).isTrue();
        assertThat(outcome.text()).isEqualTo("Let me see.");
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::reason)
                .containsOnly(StopReason.BUDGET_TIME);
        assertThat(events(Event.StoppedEarly.class))
                .extracting(Event.StoppedEarly::rule)
                .containsExactly(Event.Rule.BUDGET);
        assertSound();
    }

    @Test
    void a_tool_that_cannot_be_cancelled_does_not_hold_the_run() {
        CountDownLatch never = new CountDownLatch(1);
        TestTool stubborn =
                new TestTool(
                        "look",
                        true,
                        (_, _) -> {
                            clock.advance(Duration.ofMinutes(1));
                            await(never);
                            return "too late";
                        });

        Outcome outcome =
                ask(
                        (request, _) ->
                                agentOf(request) == 0
                                        ? Reply.of("Let me see.").calling("look", ARGUMENTS)
                                        : Reply.of(LEFT),
                        team(stubborn).withBudget(MINUTE));
        int events = log.size();
        never.countDown();

        assertThat(outcome.text()).isNotBlank();
        assertThat(log).hasSize(events);
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_is_cancelled_while_a_tool_runs(Mode mode) {
        CountDownLatch over = new CountDownLatch(1);
        TestTool hanging = hanging(cancellation::request, over::countDown);

        assertFault(
                Fault.Code.CANCELLED,
                () ->
                        ask(
                                callingOnce("look", ARGUMENTS),
                                request(mode).withTools(List.of(hanging))));

        await(over);
        assertSound();
    }

    @Test
    void nothing_is_begun_once_the_time_is_over() {
        TestTool put = writing("put");
        try (ScriptedModel model = ScriptedModel.of(callingOnce("put", ARGUMENTS))) {
            Outcome outcome =
                    new Assistant(model, clock)
                            .answer(alone(put).withBudget(MINUTE), this::advanceAtCall);

            assertThat(outcome.partial()).isTrue();
        }
        assertThat(put.calls).isEmpty();
        assertSound();
    }

    private void advanceAtCall(RunEvent event) {
        log.add(event);
        if (event.event() instanceof Event.Told(BranchEvent.Called _)) {
            clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void an_agent_whose_tool_hangs_is_not_waited_for_when_the_vote_is_settled() {
        TestTool hanging = hanging(() -> {});
        Script script =
                (request, _) ->
                        agentOf(request) == 0
                                ? Reply.of("").calling("look", ARGUMENTS)
                                : Reply.of(LEFT);
        try (ScriptedModel model = ScriptedModel.of(script)) {
            Outcome outcome = new Assistant(model, clock).answer(team(hanging), log::add);

            assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        }
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::reason)
                .containsOnlyOnce(StopReason.CANCELLED);
        assertSound();
    }

    @Test
    void an_interrupted_run_ends_its_tools() {
        Thread run = Thread.currentThread();
        CountDownLatch over = new CountDownLatch(1);
        TestTool hanging = hanging(run::interrupt, over::countDown);

        assertFault(Fault.Code.CANCELLED, () -> ask(callingOnce("look", ARGUMENTS), team(hanging)));
        assertThat(Thread.interrupted()).isTrue();
        await(over);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 11, 14, 19, 23, 40})
    void tokens_of_all_turns_are_never_overrun(long tokens) {
        try {
            ask(
                    callingOnce("look", ARGUMENTS),
                    team(reading("look")).withBudget(Budget.UNLIMITED.withTokens(tokens)));
        } catch (Fault fault) {
            assertThat(fault.code()).isEqualTo(Fault.Code.BUDGET_SPENT);
        }

        assertSound();
        assertThat(
                        events(Event.AgentFinished.class).stream()
                                .mapToLong(finished -> finished.usage().generated())
                                .sum())
                .isLessThanOrEqualTo(tokens);
    }

    @Test
    void agents_that_wait_for_an_agreement_are_not_waited_for_when_the_tokens_end() {
        TestTool put = writing("put");
        String endless = "one two three four five six ".repeat(30);
        Outcome outcome =
                ask(
                        (request, _) ->
                                agentOf(request) == 0
                                        ? Reply.of("I wish to.").calling("put", ARGUMENTS)
                                        : Reply.of(endless),
                        team(put).withBudget(Budget.UNLIMITED.withTokens(60)));

        assertThat(outcome.partial()).isTrue();
        assertThat(put.calls).isEmpty();
        assertSound();
    }
}
