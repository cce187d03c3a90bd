package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tools, models and requests that are not as they should be.
final class ToolFaultsTest extends ToolFixture {
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
