package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Answers in a form that the client wants.
final class FormTest extends RunFixture {
    private static final Constraint FORM =
            new Constraint.JsonSchema(
                    "{\"type\": \"object\", \"properties\": {\"left\": {\"type\": \"integer\"}},"
                            + " \"required\": [\"left\"], \"additionalProperties\": false}");
    private static final String FORMED = "{\"left\": 31}";

    private final Queue<String> bound = new ConcurrentLinkedQueue<>();
    private final Queue<ToolChoice> choices = new ConcurrentLinkedQueue<>();

    /// Whoever is bound to the form keeps to it; all others reason.
    private Script script() {
        return (request, _) -> {
            choices.add(request.options().toolChoice());
            if (!request.options().constraint().equals(FORM)) {
                return Reply.of(LEFT);
            }
            bound.add(request.prompt().messages().getLast().text());
            return Reply.of(FORMED);
        };
    }

    private RunRequest formed(Mode mode) {
        return request(mode).withWishes(Wishes.NONE.withForm(FORM));
    }

    private Outcome formally(RunRequest request) {
        ModelInfo info = ScriptedModel.defaultInfo();
        EnumSet<Capability> more = EnumSet.of(Capability.SCHEMA);
        more.addAll(info.capabilities());
        ModelInfo able = new ModelInfo(info.name(), "", 4096, more, info.profile());
        try (ScriptedModel model = ScriptedModel.of(script(), able)) {
            return new Assistant(model, clock).answer(request, log::add);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"THINKING", "CONTEMPLATING"})
    void agents_reason_freely_and_their_answer_is_put_into_the_form(Mode mode) {
        Outcome outcome = formally(formed(mode));

        assertThat(outcome).isEqualTo(new Outcome(FORMED, Optional.of("31"), false));
        assertThat(bound).singleElement().asString().contains("31", "\"required\"");
        assertThat(events(Event.AnswerDelta.class)).containsExactly(new Event.AnswerDelta(FORMED));
        assertThat(events(Event.AgentStarted.class).getLast().approach()).isEqualTo("form");
        assertAgent(events(Event.AgentStarted.class).size() - 1);
    }

    @Test
    void who_does_not_reason_is_bound_at_once() {
        assertThat(formally(formed(Mode.INSTANT)).text()).isEqualTo(FORMED);
        assertThat(events(Event.AgentStarted.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"THINKING", "CONTEMPLATING"})
    void an_answer_that_could_not_be_put_into_the_form_is_partial(Mode mode) {
        int agents = mode == Mode.CONTEMPLATING ? 4 : 1;
        RunRequest poor = formed(mode).withBudget(Budget.UNLIMITED.withTokens(agents * 8 + 1));

        assertThat(formally(poor)).isEqualTo(new Outcome("31", Optional.of("31"), true));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void a_model_that_cannot_keep_to_a_form_is_not_asked(Mode mode) {
        assertFault(Fault.Code.UNSUPPORTED, () -> answer(script(), formed(mode)));
        assertThat(log.getLast().event()).isInstanceOf(Event.RunFailed.class);
        assertThat(events(Event.AgentStarted.class)).isEmpty();
    }

    @Test
    void who_wants_no_calls_wants_none_while_the_answer_is_put_into_the_form() {
        RunRequest closed =
                request(Mode.THINKING)
                        .withTools(List.of(ToolFixture.reading("look")))
                        .withWishes(Wishes.NONE.withForm(FORM).withTools(ToolChoice.NONE, 1));

        assertThat(formally(closed).text()).isEqualTo(FORMED);
        assertThat(choices).hasSize(2).containsOnly(ToolChoice.NONE);
    }

    @Test
    void an_answer_in_a_form_is_not_explained() {
        RunRequest wanted = formed(Mode.CONTEMPLATING);

        assertFault(
                Fault.Code.UNSUPPORTED,
                () -> wanted.withTeam(TeamChoice.PROFILE.withExplanation(true)));
    }
}
