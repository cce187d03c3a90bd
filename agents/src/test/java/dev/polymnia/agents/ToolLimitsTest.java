package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tools and models that misbehave, and what ends a run whose agents wait for tools.
final class ToolLimitsTest extends ToolFixture {
    private static final Budget MINUTE = Budget.UNLIMITED.withTime(Duration.ofMinutes(1));

    private TestTool throwing(Supplier<RuntimeException> what) {
        return new TestTool(
                "look",
                true,
                (_, _) -> {
                    throw what.get();
                });
    }

    private void assertTold(RunRequest request, Script script, String words) {
        Outcome outcome = ask(script, request);

        assertThat(outcome.answer()).contains("31");
        assertThat(results())
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.result().failed()).isTrue();
                    assertThat(each.result().text()).contains(words);
                });
        assertSound();
        log.clear();
    }

    @Test
    void a_tool_that_fails_is_told_to_the_model() {
        TestTool failing = new TestTool("look", true, (_, _) -> "failed: no shelf");
        assertTold(team(failing), callingOnce("look", ARGUMENTS), "no shelf");
        assertThat(failing.calls).hasSize(1);
        assertTold(
                alone(throwing(() -> new Fault(Fault.Code.UNAVAILABLE, "The shelf is gone."))),
                callingOnce("look", ARGUMENTS),
                "The shelf is gone.");
        assertTold(
                alone(throwing(() -> new IllegalStateException("no luck"))),
                callingOnce("look", ARGUMENTS),
                "IllegalStateException: no luck");
    }

    @Test
    void an_error_of_a_tool_is_told_to_the_model() {
        TestTool broken =
                new TestTool(
                        "look",
                        true,
                        (_, _) -> {
                            throw new StackOverflowError("too deep");
                        });
        assertTold(alone(broken), callingOnce("look", ARGUMENTS), "too deep");
    }

    @Test
    void a_tool_that_is_not_there_is_told_to_the_model_with_those_that_are() {
        assertTold(
                team(reading("look"), writing("put")),
                callingOnce("fly", ARGUMENTS),
                "There is no tool 'fly'; there are: look, put.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shelf", "[1]", "{\"at\": }", "{\"at\": 1", "{} {}", "\"{}\"", "{'a':1}"})
    void arguments_that_are_no_object_are_told_to_the_model(String arguments) {
        TestTool look = reading("look");

        assertTold(alone(look), callingOnce("look", arguments), "no JSON object");

        assertThat(look.calls).isEmpty();
    }

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
    private TestTool hanging(Runnable first) {
        return new TestTool(
                "look",
                true,
                (_, stop) -> {
                    first.run();
                    awaitRequest(stop);
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
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);
        TestTool hanging =
                new TestTool(
                        "look",
                        true,
                        (_, stop) -> {
                            cancellation.request();
                            awaitRequest(stop);
                            ended.set(true);
                            over.countDown();
                            return "cancelled";
                        });

        assertFault(
                Fault.Code.CANCELLED,
                () ->
                        ask(
                                callingOnce("look", ARGUMENTS),
                                request(mode).withTools(List.of(hanging))));

        await(over);
        assertThat(ended).isTrue();
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
        TestTool hanging =
                new TestTool(
                        "look",
                        true,
                        (_, stop) -> {
                            run.interrupt();
                            awaitRequest(stop);
                            over.countDown();
                            return "cancelled";
                        });

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

    @Test
    void a_result_that_does_not_fit_the_model_ends_its_agent_only() {
        TestTool look = new TestTool("look", true, (_, _) -> "word ".repeat(5000));

        Outcome outcome =
                ask(
                        (request, _) ->
                                agentOf(request) == 1
                                        ? Reply.of("").calling("look", ARGUMENTS)
                                        : Reply.of(LEFT),
                        team(look));

        assertThat(outcome.answer()).contains("31");
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::reason)
                .containsOnlyOnce(StopReason.FAILED);
        assertSound();
        log.clear();
        assertFault(
                Fault.Code.CONTEXT_FULL, () -> ask(callingOnce("look", ARGUMENTS), alone(look)));
    }

    @Test
    void a_model_that_fails_after_a_result_fails_its_agent_only() {
        Outcome outcome =
                ask(
                        (request, _) -> {
                            if (round(request) == 0) {
                                return Reply.of("").calling("look", ARGUMENTS);
                            }
                            Reply answer = Reply.of(LEFT);
                            return agentOf(request) == 1 ? answer.failingAfter(2) : answer;
                        },
                        team(reading("look")));

        assertThat(outcome.answer()).contains("31");
        assertThat(answersByAgent()).hasSize(3);
        assertSound();
    }

    @Test
    void a_model_without_a_place_for_tools_is_not_asked() {
        ModelInfo able = ScriptedModel.defaultInfo();
        Set<Capability> rest = EnumSet.copyOf(able.capabilities());
        rest.remove(Capability.TOOLS);
        ModelInfo info = new ModelInfo("plain", "", able.contextTokens(), rest, able.profile());
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)), info)) {
            assertFault(
                    Fault.Code.UNSUPPORTED,
                    () -> new Assistant(model, clock).answer(team(reading("look")), log::add));
        }
        assertThat(events(Event.RunFailed.class).getFirst().message())
                .isEqualTo("plain has no place for tools; ask without them.");
    }

    @Test
    void requests_with_tools_that_cannot_be_met_are_refused() {
        RunRequest client = alone().withClientTools(List.of(specOf("look", true)));
        List<Runnable> wrong =
                List.of(
                        () -> alone(reading("look"), writing("look")),
                        () -> client.withTools(List.of(reading("look"))),
                        () -> ask(callingOnce("look", ""), client),
                        () -> gather(alone(reading("look"))),
                        () -> force(alone(reading("look"))));

        assertThat(wrong).allSatisfy(each -> assertFault(Fault.Code.INVALID, each));
        assertThat(log).isEmpty();
    }

    private void gather(RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            new Assistant(model, clock).gather(request, new Roster(2, 0), log::add);
        }
    }

    private void force(RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(Script.inOrder(List.of(LEFT)))) {
            new Assistant(model, clock).force(request, log::add);
        }
    }

    @Test
    void a_call_of_a_model_that_was_offered_no_tools_ends_its_turn() {
        assertThat(ask(callingOnce("look", ARGUMENTS), alone()).text()).isEqualTo("Let me see.");
        assertThat(results()).isEmpty();
    }
}
