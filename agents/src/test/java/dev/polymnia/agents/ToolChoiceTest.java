package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls that a client demands, and those that it does not want.
final class ToolChoiceTest extends ClientToolsFixture {
    @Test
    void a_call_is_demanded_in_the_first_turn_and_in_that_after_the_results() {
        Queue<ToolChoice> choices = new ConcurrentLinkedQueue<>();
        Script script =
                (request, _) -> {
                    choices.add(request.options().toolChoice());
                    return callingOnce("fetch", ARGUMENTS).reply(request, 0);
                };
        RunRequest request =
                withClient(alone()).withWishes(Wishes.NONE.withTools(ToolChoice.REQUIRED, 9));
        Suspended before = suspend(script, request);
        RunRequest free = request.withWishes(Wishes.NONE);
        outcome(resume(script, before.withRequest(free)));

        assertThat(choices).containsExactly(ToolChoice.REQUIRED, ToolChoice.AUTO);
    }

    @Test
    void a_client_that_wants_no_more_calls_is_handed_none() {
        Queue<ToolChoice> choices = new ConcurrentLinkedQueue<>();
        Script script =
                (request, _) -> {
                    choices.add(request.options().toolChoice());
                    return round(request) > 0
                            ? Reply.of(LEFT)
                            : Reply.of("")
                                    .calling("fetch", "{\"n\": 1}")
                                    .calling("fetch", "{\"n\": 2}");
                };
        Suspended before =
                suspend(
                        script,
                        withClient(alone()).withWishes(Wishes.NONE.withTools(ToolChoice.AUTO, 1)));
        RunRequest closed = before.request().withWishes(Wishes.NONE.withTools(ToolChoice.NONE, 1));

        assertThat(outcome(resume(script, before.withRequest(closed))).answer()).contains("31");
        assertThat(choices).containsExactly(ToolChoice.AUTO, ToolChoice.NONE);
        assertThat(results())
                .extracting(each -> each.result().failed())
                .containsExactlyInAnyOrder(false, true);
        assertThat(results())
                .filteredOn(each -> each.result().failed())
                .allSatisfy(each -> assertThat(each.result().text()).contains("answer with what"));
        assertSound();
    }

    @ParameterizedTest
    @CsvSource({"0 1 1 2, 1", "3 2 1 0, 3", "1 0 0 1, 1", "0 0 0 1, 0"})
    void a_demanded_call_is_the_one_that_most_agents_want_even_without_a_majority(
            String wants, int made) {
        String[] of = wants.split(" ", -1);
        Script script =
                (request, _) ->
                        round(request) == 0
                                ? Reply.of("")
                                        .calling(
                                                "send",
                                                "{\"n\": %s}".formatted(of[agentOf(request)]))
                                : Reply.of(LEFT);
        Suspended before =
                suspend(
                        script,
                        withClient(team())
                                .withWishes(Wishes.NONE.withTools(ToolChoice.REQUIRED, 9)));

        assertThat(before.toolCalls())
                .extracting(Content.ToolCall::arguments)
                .containsExactly("{\"n\": %d}".formatted(made));
        RunRequest free = before.request().withWishes(Wishes.NONE);
        assertThat(outcome(resume(script, before.withRequest(free))).answer()).contains("31");
        assertSound();
    }

    @Test
    void once_a_demanded_call_is_made_the_others_need_their_majority() {
        Script script =
                (request, _) ->
                        round(request) == 0
                                ? Reply.of("")
                                        .calling(agentOf(request) == 0 ? "look" : "send", "{}")
                                : Reply.of(LEFT);
        RunRequest request =
                withClient(team(reading("look")).withAgents(2))
                        .withWishes(Wishes.NONE.withTools(ToolChoice.REQUIRED, 9));

        assertThat(outcome(begin(script, request)).answer()).contains("31");
        assertThat(results()).filteredOn(each -> each.result().failed()).hasSize(1);
        assertSound();
    }

    @Test
    void a_demanded_call_of_a_tool_that_is_run_here_is_demanded_once() {
        Queue<ToolChoice> choices = new ConcurrentLinkedQueue<>();
        Script script =
                (request, _) -> {
                    choices.add(request.options().toolChoice());
                    return callingOnce("look", ARGUMENTS).reply(request, 0);
                };
        ask(
                script,
                alone(reading("look")).withWishes(Wishes.NONE.withTools(ToolChoice.REQUIRED, 9)));

        assertThat(choices).containsExactly(ToolChoice.REQUIRED, ToolChoice.AUTO);
    }
}
