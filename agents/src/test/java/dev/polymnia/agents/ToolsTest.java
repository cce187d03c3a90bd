package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Agents that call tools which are run here.
final class ToolsTest extends ToolFixture {
    private final TestTool look = reading("look");
    private final TestTool put = writing("put");

    @AfterEach
    void the_log_is_sound() {
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void an_agent_reads_what_its_tool_answers(Mode mode) {
        Outcome outcome =
                ask(
                        (request, _) ->
                                round(request) == 0
                                        ? Reply.of("").calling("look", ARGUMENTS)
                                        : Reply.of("Answer: " + results(request).size()),
                        request(mode).withTools(List.of(look)));

        assertThat(outcome.text()).endsWith("1");
        assertThat(look.calls).hasSize(1);
        assertThat(results())
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.result().text()).isEqualTo("read " + ARGUMENTS);
                    assertThat(each.result().callId()).isEqualTo(each.call().id());
                });
    }

    @Test
    void the_conversation_goes_on_with_the_turn_and_the_results_in_the_order_of_the_calls() {
        AtomicReference<List<Message>> read = new AtomicReference<>(List.of());
        ask(
                (request, _) -> {
                    read.set(request.prompt().messages());
                    return round(request) == 0
                            ? Reply.of("Let me see.")
                                    .calling("look", "{\"at\": 1}")
                                    .calling("look", "{\"at\": 2}")
                            : Reply.of(LEFT);
                },
                alone(look));

        List<Message> last = read.get().subList(read.get().size() - 2, read.get().size());
        assertThat(last.getFirst().role()).isEqualTo(Role.ASSISTANT);
        assertThat(last.getFirst().parts())
                .containsExactly(
                        new Content.Text("Let me see."),
                        new Content.ToolCall("call_0", "look", "{\"at\": 1}"),
                        new Content.ToolCall("call_1", "look", "{\"at\": 2}"));
        assertThat(last.getLast().role()).isEqualTo(Role.TOOL);
        assertThat(last.getLast().parts())
                .extracting(part -> ((Content.ToolResult) part).text())
                .containsExactly("read {\"at\": 1}", "read {\"at\": 2}");
    }

    @Test
    void words_before_a_call_are_set_apart_from_the_answer() {
        Outcome outcome = ask(callingOnce("look", ARGUMENTS), alone(look));

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(words(0, Channel.REASONING)).isEqualTo("Let me see.\n\n36 - 5 = 31.\n");
    }

    @Test
    void what_an_agent_of_a_team_took_for_its_answer_before_a_call_is_none() {
        Outcome outcome =
                ask(
                        (request, _) ->
                                round(request) == 0
                                        ? Reply.of("Answer: perhaps 5").calling("look", ARGUMENTS)
                                        : Reply.of(LEFT),
                        team(look));

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(words(0, Channel.REASONING)).endsWith("36 - 5 = 31.\n");
    }

    @Test
    void an_answer_that_was_streamed_goes_on_after_a_call() {
        Outcome outcome =
                ask(callingOnce("look", ARGUMENTS), request(Mode.INSTANT).withTools(List.of(look)));

        assertThat(outcome.text()).isEqualTo("Let me see.\n\n" + LEFT);
        assertThat(streamed()).isEqualTo(outcome.text());
    }

    @Test
    void ids_are_unique_in_a_conversation_although_models_count_anew_in_each_turn() {
        ask(
                (request, _) ->
                        round(request) < 3
                                ? Reply.of("").calling("look", "{\"at\": " + round(request) + "}")
                                : Reply.of(LEFT),
                alone(look));

        assertThat(results())
                .extracting(each -> each.call().id())
                .containsExactly("call_0", "call_1", "call_2");
        assertThat(
                        events(Event.Told.class).stream()
                                .map(Event.Told::event)
                                .filter(BranchEvent.Called.class::isInstance)
                                .map(called -> ((BranchEvent.Called) called).call().id()))
                .containsExactly("call_0", "call_1", "call_2");
    }

    @Test
    void equal_calls_of_several_agents_run_once() {
        List<String> same =
                List.of(
                        "{\"at\":\"shelf\",\"n\":1}",
                        "{ \"n\": 1.0, \"at\": \"shelf\" }",
                        "{\"at\": \"sh\\u0065lf\", \"n\": 10e-1}",
                        "{\"at\":\"shelf\",\n\"n\":1}");
        Outcome outcome =
                ask(
                        (request, _) ->
                                round(request) == 0
                                        ? Reply.of("").calling("look", same.get(agentOf(request)))
                                        : Reply.of(LEFT),
                        team(look));

        assertThat(outcome.answer()).contains("31");
        assertThat(look.calls).hasSize(1);
        assertThat(results())
                .hasSize(4)
                .extracting(each -> each.result().failed())
                .containsOnly(false);
        assertThat(results().stream().mapToInt(Event.ToolFinished::agents).max()).hasValue(4);
        assertThat(answersByAgent()).hasSize(4);
    }

    @Test
    void calls_that_differ_run_each_once() {
        ask(
                (request, _) ->
                        round(request) == 0
                                ? Reply.of("")
                                        .calling("look", "{\"at\": " + agentOf(request) / 2 + "}")
                                : Reply.of(LEFT),
                team(look));

        assertThat(look.calls)
                .extracting(Content.ToolCall::arguments)
                .containsExactlyInAnyOrder("{\"at\": 0}", "{\"at\": 1}");
        assertThat(results()).hasSize(4);
    }

    @Test
    void a_tool_that_takes_nothing_may_be_called_with_nothing() {
        ask(callingOnce("look", ""), alone(look));

        assertThat(look.calls).extracting(Content.ToolCall::arguments).containsExactly("{}");
    }

    @Test
    void what_a_majority_wants_is_done_once() {
        ask(
                (request, _) ->
                        round(request) == 0 && agentOf(request) < 3
                                ? Reply.of("").calling("put", ARGUMENTS)
                                : Reply.of(LEFT),
                team(put));

        assertThat(put.calls).hasSize(1);
        assertThat(results())
                .hasSize(3)
                .extracting(each -> each.result().text())
                .containsOnly("wrote " + ARGUMENTS);
    }

    @Test
    void who_asks_late_for_what_was_done_gets_its_result() {
        ask(
                (request, _) -> {
                    int first = agentOf(request) == 3 ? 1 : 0;
                    if (round(request) < first) {
                        return Reply.of("").calling("look", ARGUMENTS);
                    }
                    return round(request) == first
                            ? Reply.of("").calling("put", ARGUMENTS)
                            : Reply.of(LEFT);
                },
                team(look, put));

        assertThat(put.calls).hasSize(1);
        assertThat(results())
                .filteredOn(each -> each.call().name().equals("put"))
                .hasSize(4)
                .extracting(each -> each.result().text())
                .containsOnly("wrote " + ARGUMENTS);
    }

    @Test
    void what_no_majority_wants_is_not_done_and_the_agents_go_on() {
        Outcome outcome =
                ask(
                        (request, _) ->
                                round(request) == 0
                                        ? Reply.of("")
                                                .calling(
                                                        "put",
                                                        "{\"n\": " + agentOf(request) / 2 + "}")
                                        : Reply.of(LEFT),
                        team(put));

        assertThat(put.calls).isEmpty();
        assertThat(results())
                .hasSize(4)
                .allSatisfy(each -> {
                    assertThat(each.result().failed()).isTrue();
                    assertThat(each.result().text()).contains("did not agree");
                });
        assertThat(outcome.answer()).contains("31");
    }

    @Test
    void agents_that_end_without_asking_are_against_it() {
        ask(
                (request, _) ->
                        round(request) == 0 && agentOf(request) < 2
                                ? Reply.of("").calling("put", ARGUMENTS)
                                : Reply.of(LEFT),
                team(put));

        assertThat(put.calls).isEmpty();
        assertThat(results()).hasSize(2);
    }

    @Test
    void agents_that_fail_without_asking_have_no_say() {
        ask(
                (request, _) -> {
                    if (agentOf(request) >= 2) {
                        return Reply.of(LEFT).failingAfter(1);
                    }
                    return round(request) == 0
                            ? Reply.of("").calling("put", ARGUMENTS)
                            : Reply.of(LEFT);
                },
                team(put));

        assertThat(put.calls).hasSize(1);
    }

    @Test
    void a_wave_that_waits_for_an_agreement_is_followed_by_the_next() {
        try (ScriptedModel model = ScriptedModel.of(callingOnce("put", ARGUMENTS))) {
            Outcome outcome = new Assistant(model, clock).answer(team(put).withAgents(8), log::add);

            assertThat(outcome.answer()).contains("31");
        }
        assertThat(events(Event.AgentStarted.class)).hasSize(8);
        assertThat(put.calls).hasSize(1);
    }

    @Test
    void an_agent_alone_is_its_own_majority_and_does_a_thing_once() {
        ask(
                (request, _) ->
                        round(request) < 2
                                ? Reply.of("").calling("put", ARGUMENTS)
                                : Reply.of(LEFT),
                alone(put));

        assertThat(put.calls).hasSize(1);
        assertThat(results())
                .extracting(each -> each.result().text())
                .containsExactly(
                        "wrote " + ARGUMENTS,
                        "This was called before and is done once only; its result was:\nwrote "
                                + ARGUMENTS);
    }

    @Test
    void what_was_read_before_a_change_is_read_again_after_it() {
        Script script =
                (request, _) ->
                        switch (round(request)) {
                            case 0, 1, 3 -> Reply.of("").calling("look", ARGUMENTS);
                            case 2 -> Reply.of("").calling("put", ARGUMENTS);
                            default -> Reply.of(LEFT);
                        };
        ask(script, alone(look, put));

        assertThat(look.calls).hasSize(2);
        assertThat(results()).hasSize(4);
    }

    @Test
    void a_tool_that_failed_is_run_again_for_who_has_got_the_failure() {
        TestTool moody =
                new TestTool(
                        "look",
                        true,
                        (call, _) -> call.id().equals("call_0") ? "failed: busy" : "there");
        ask(
                (request, _) ->
                        round(request) < 2
                                ? Reply.of("").calling("look", ARGUMENTS)
                                : Reply.of(LEFT),
                alone(moody));

        assertThat(results())
                .extracting(each -> each.result().text())
                .containsExactly("failed: busy", "there");
    }
}
