package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs that are suspended until their client has run tools.
final class ClientToolsTest extends ClientToolsFixture {
    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_run_waits_for_its_client_and_goes_on(Mode mode) {
        Script script = callingOnce("fetch", ARGUMENTS);
        Suspended before = suspend(script, withClient(request(mode).withAgents(4)));

        assertThat(before.toolCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).isEqualTo(ARGUMENTS));
        Outcome outcome = outcome(resume(script, before));

        assertThat(outcome.answer()).contains("31");
        assertThat(outcome.partial()).isFalse();
        assertThat(results())
                .hasSize(before.waiting().size())
                .allSatisfy(each -> {
                    assertThat(each.result().text()).isEqualTo("got " + ARGUMENTS);
                    assertThat(each.result().callId()).isEqualTo(each.call().id());
                    assertThat(each.agents()).isEqualTo(before.waiting().size());
                });
        assertThat(events(Event.RunStarted.class)).hasSize(1);
        assertSound();
        assertThat(log.stream().map(RunEvent::at)).isSorted();
    }

    @Test
    void what_was_streamed_before_is_the_beginning_of_the_answer() {
        Script script = callingOnce("fetch", ARGUMENTS);
        Outcome outcome =
                outcome(resume(script, suspend(script, withClient(request(Mode.INSTANT)))));

        assertThat(outcome.text()).isEqualTo("Let me see.\n\n" + LEFT);
        assertThat(streamed()).isEqualTo(outcome.text());
        assertThat(events(Event.JoinStarted.class)).hasSize(1);
    }

    @Test
    void calls_that_differ_are_handed_over_together_and_agents_that_are_done_keep_their_votes() {
        Script script =
                (request, _) ->
                        round(request) > 0 || agentOf(request) == 3
                                ? Reply.of(agentOf(request) == 0 ? OTHER : LEFT)
                                : Reply.of("")
                                        .calling("fetch", "{\"n\": " + agentOf(request) / 2 + "}");
        Suspended before = suspend(script, withClient(team()));

        assertThat(before.toolCalls())
                .extracting(Content.ToolCall::arguments)
                .containsExactlyInAnyOrder("{\"n\": 0}", "{\"n\": 1}");
        assertThat(before.ended()).hasSize(1);
        assertThat(before.calls())
                .extracting(Suspended.Pending::agents)
                .containsExactlyInAnyOrder(List.of(0, 1), List.of(2));

        Outcome outcome = outcome(resume(script, before));

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        Event.Tally tally = events(Event.Tally.class).getLast();
        assertThat(tally.shares()).extracting(Event.Share::votes).containsExactly(3, 1);
        assertSound();
    }

    @Test
    void a_run_can_wait_twice() {
        Script script =
                (request, _) ->
                        round(request) < 2
                                ? Reply.of("").calling("fetch", "{\"n\": " + round(request) + "}")
                                : Reply.of(LEFT);
        Suspended first = suspend(script, withClient(team()));
        RunResult second = resume(script, first);

        assertThat(second).isInstanceOf(Suspended.class);
        assertThat(log.getLast().event()).isInstanceOf(Event.Suspended.class);
        assertThat(((Suspended) second).toolCalls())
                .doesNotContainAnyElementsOf(first.toolCalls())
                .hasSize(1);
        assertThat(outcome(resume(script, (Suspended) second)).answer()).contains("31");
        assertThat(results()).hasSize(8);
        assertSound();
    }

    @Test
    void a_result_is_given_to_who_asks_for_it_later() {
        Script script =
                (request, _) ->
                        switch (round(request)) {
                            case 0 ->
                                    Reply.of("")
                                            .calling(
                                                    "fetch",
                                                    agentOf(request) == 3 ? "{}" : ARGUMENTS);
                            case 1 ->
                                    agentOf(request) == 3
                                            ? Reply.of("").calling("fetch", ARGUMENTS)
                                            : Reply.of(LEFT);
                            default -> Reply.of(LEFT);
                        };
        Suspended before = suspend(script, withClient(team()));
        assertThat(before.calls()).hasSize(2);

        assertThat(outcome(resume(script, before)).answer()).contains("31");
        assertThat(results()).hasSize(5);
        assertSound();
    }

    @Test
    void who_has_a_result_and_asks_once_more_is_given_a_new_one() {
        Script script =
                (request, _) ->
                        round(request) < (agentOf(request) == 0 ? 2 : 1)
                                ? Reply.of("").calling("fetch", ARGUMENTS)
                                : Reply.of(LEFT);
        Suspended second = (Suspended) resume(script, suspend(script, withClient(team())));

        assertThat(second.calls())
                .extracting(Suspended.Pending::agents)
                .containsExactly(List.of(0));
        assertThat(outcome(resume(script, second)).answer()).contains("31");
        assertSound();
    }

    @Test
    void an_agreement_goes_on_after_the_client_has_answered() {
        TestTool put = writing("put");
        Script script =
                (request, _) -> {
                    boolean late = agentOf(request) >= 2;
                    if (late && round(request) == 0) {
                        return Reply.of("").calling("fetch", ARGUMENTS);
                    }
                    return round(request) == (late ? 1 : 0)
                            ? Reply.of("").calling("put", ARGUMENTS)
                            : Reply.of(LEFT);
                };
        Suspended before = suspend(script, withClient(team(put)));
        assertThat(put.calls).isEmpty();

        outcome(resume(script, before));

        assertThat(put.calls).hasSize(1);
        assertThat(results()).filteredOn(each -> each.call().name().equals("put")).hasSize(4);
        assertSound();
    }

    @Test
    void agents_that_failed_before_have_no_say_afterwards() {
        TestTool put = writing("put");
        Script script =
                (request, _) -> {
                    if (agentOf(request) >= 2) {
                        return Reply.of(LEFT).failingAfter(1);
                    }
                    return switch (round(request)) {
                        case 0 -> Reply.of("").calling("fetch", ARGUMENTS);
                        case 1 -> Reply.of("").calling("put", ARGUMENTS);
                        default -> Reply.of(LEFT);
                    };
                };

        Suspended before = suspend(script, withClient(team(put)));
        assertThat(before.ended()).allSatisfy(each -> assertThat(each.failure()).isPresent());
        outcome(resume(script, before));

        assertThat(put.calls).hasSize(1);
        assertSound();
    }

    @Test
    void what_is_answered_here_is_answered_before_the_run_waits() {
        TestTool look = reading("look");
        Script script =
                (request, _) ->
                        round(request) == 0
                                ? Reply.of("")
                                        .calling("fly", ARGUMENTS)
                                        .calling("fetch", ARGUMENTS)
                                        .calling("look", ARGUMENTS)
                                : Reply.of(LEFT);
        Suspended before = suspend(script, withClient(alone(look)));

        assertThat(before.waiting().getFirst().results())
                .extracting(Content.ToolResult::name)
                .containsExactlyInAnyOrder("fly", "look");
        assertThat(outcome(resume(script, before)).answer()).contains("31");
        assertThat(look.calls).hasSize(1);
        assertThat(results()).hasSize(3);
        assertSound();
    }

    @Test
    void what_was_done_before_is_not_done_again_afterwards() {
        TestTool put = writing("put");
        Script script =
                (request, _) ->
                        switch (round(request)) {
                            case 0, 2 -> Reply.of("").calling("put", ARGUMENTS);
                            case 1 -> Reply.of("").calling("fetch", ARGUMENTS);
                            default -> Reply.of(LEFT);
                        };

        outcome(resume(script, suspend(script, withClient(team(put)))));

        assertThat(put.calls).hasSize(1);
        assertSound();
    }

    @Test
    void results_must_be_those_that_are_waited_for() {
        Script script = callingOnce("fetch", ARGUMENTS);
        Suspended before = suspend(script, withClient(team()));
        Map<String, Content.ToolResult> strange = results(before);
        strange.put("other", strange.values().iterator().next());
        int told = log.size();

        assertFault(Fault.Code.INVALID, () -> resume(script, before, Map.of()));
        assertFault(Fault.Code.INVALID, () -> resume(script, before, strange));
        assertThat(log).hasSize(told);
        assertThat(outcome(resume(script, before)).answer()).contains("31");
    }

    @Test
    void the_time_while_the_run_waits_does_not_count() {
        Script script =
                (request, _) -> {
                    clock.advance(Duration.ofSeconds(round(request) == 0 ? 10 : 0));
                    return callingOnce("fetch", ARGUMENTS).reply(request, 0);
                };
        RunRequest request =
                withClient(alone()).withBudget(Budget.UNLIMITED.withTime(Duration.ofSeconds(15)));
        Suspended before = suspend(script, request);
        assertThat(before.spent().wall()).isEqualTo(Duration.ofSeconds(10));
        clock.advance(Duration.ofDays(1));

        assertThat(outcome(resume(script, before)).partial()).isFalse();
        assertThat(log.getLast().at()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 17, 18, 21, 30})
    void tokens_hold_over_all_legs(long tokens) {
        Script script = callingOnce("fetch", ARGUMENTS);
        RunRequest request = withClient(team()).withBudget(Budget.UNLIMITED.withTokens(tokens));

        RunResult result = begin(script, request);
        if (result instanceof Suspended before) {
            result = resume(script, before);
        }

        assertThat(outcome(result).partial()).isTrue();
        assertThat(events(Event.RunFinished.class).getFirst().ledger().usage().generated())
                .isLessThanOrEqualTo(tokens);
        assertSound();
    }

    @Test
    void a_second_wave_begins_after_the_client_has_answered() {
        Script script =
                (request, _) ->
                        round(request) == 0 && agentOf(request) < 4
                                ? Reply.of("").calling("fetch", ARGUMENTS)
                                : Reply.of(agentOf(request) % 2 == 0 ? LEFT : OTHER);
        try (ScriptedModel model = ScriptedModel.of(script)) {
            Assistant assistant = new Assistant(model, clock);
            Suspended before =
                    (Suspended) assistant.begin(withClient(team()).withAgents(8), log::add);
            assertThat(before.begun()).isEqualTo(4);

            assistant.resume(before, results(before), log::add);
        }
        assertThat(events(Event.AgentStarted.class)).hasSize(8);
        assertThat(events(Event.AgentStarted.class).getLast().wave()).isEqualTo(2);
        assertSound();
    }

    @Test
    void the_cancellation_is_put_in_anew() {
        Script script = callingOnce("fetch", ARGUMENTS);
        Suspended before = suspend(script, withClient(team()));
        cancellation.request();

        assertFault(Fault.Code.CANCELLED, () -> resume(script, before));
        log.removeLast();
        RunRequest again = before.request().withCancellation(new Cancellation());
        assertThat(outcome(resume(script, before.withRequest(again))).answer()).contains("31");
    }

    @Test
    void a_call_that_changes_something_is_handed_over_once_a_majority_wants_it() {
        Suspended before = suspend(callingOnce("send", ARGUMENTS), withClient(team()));

        assertThat(before.toolCalls()).extracting(Content.ToolCall::name).containsExactly("send");
        assertThat(outcome(resume(callingOnce("send", ARGUMENTS), before)).answer()).contains("31");
        assertSound();
    }

    @Test
    void a_call_that_changes_something_and_that_few_want_is_not_handed_over() {
        Script script =
                (request, _) ->
                        round(request) == 0 && agentOf(request) == 0
                                ? Reply.of("").calling("send", ARGUMENTS)
                                : Reply.of(LEFT);

        assertThat(outcome(begin(script, withClient(team()))).answer()).contains("31");
        assertThat(results())
                .singleElement()
                .satisfies(each -> assertThat(each.result().failed()).isTrue());
        assertSound();
    }

    @Test
    void a_lone_agent_may_have_the_client_do_the_same_again() {
        Script script =
                (request, _) ->
                        round(request) < 2
                                ? Reply.of("").calling("send", ARGUMENTS)
                                : Reply.of(LEFT);
        Suspended second = (Suspended) resume(script, suspend(script, withClient(alone())));

        assertThat(second.toolCalls()).hasSize(1);
        assertThat(outcome(resume(script, second)).answer()).contains("31");
        assertSound();
    }

    @Test
    void a_client_that_runs_one_call_at_a_time_is_asked_for_one_after_the_other() {
        Script script =
                (request, _) ->
                        round(request) == 0
                                ? Reply.of("")
                                        .calling("fetch", "{\"n\": 1}")
                                        .calling("fetch", "{\"n\": 2}")
                                : Reply.of(LEFT);
        RunRequest request =
                withClient(alone()).withWishes(Wishes.NONE.withTools(ToolChoice.AUTO, 1));
        Suspended first = suspend(script, request);
        assertThat(first.toolCalls())
                .extracting(Content.ToolCall::arguments)
                .containsExactly("{\"n\": 1}");
        Suspended second = (Suspended) resume(script, first);

        assertThat(second.toolCalls())
                .extracting(Content.ToolCall::arguments)
                .containsExactly("{\"n\": 2}");
        assertThat(outcome(resume(script, second)).answer()).contains("31");
        assertThat(results()).hasSize(2);
        assertSound();
    }

    @Test
    void equal_calls_of_one_turn_have_one_result() {
        Script script =
                (request, _) ->
                        round(request) == 0
                                ? Reply.of("")
                                        .calling("fetch", ARGUMENTS)
                                        .calling("fetch", ARGUMENTS)
                                : Reply.of(LEFT);
        Suspended before = suspend(script, withClient(alone()));

        assertThat(before.toolCalls()).hasSize(1);
        assertThat(outcome(resume(script, before)).answer()).contains("31");
        assertThat(results())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.result().text()).isEqualTo("got " + ARGUMENTS));
        assertSound();
    }

    @Test
    void a_run_goes_on_in_the_background() {
        Script script = callingOnce("fetch", ARGUMENTS);
        Suspended before = suspend(script, withClient(team()));
        try (ScriptedModel model = ScriptedModel.of(script, patient());
                BackgroundRun run =
                        new Assistant(model, clock).startAgain(before, results(before), log::add)) {
            assertThat(outcome(run.await()).answer()).contains("31");
        }
        assertSound();
    }
}
