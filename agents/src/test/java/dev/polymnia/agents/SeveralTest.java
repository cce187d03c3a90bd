package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.Seeds;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Several answers to one question.
final class SeveralTest extends RunFixture {
    private static final List<String> WORDS =
            List.of("It is 31.", "I think it is 30, or so.", "It is 31 indeed.");

    private Outcome ask(Script script, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script)) {
            return new Assistant(model, clock).answer(request, log::add);
        }
    }

    private RunRequest three() {
        return request(Mode.INSTANT).withWishes(Wishes.NONE.withAnswers(3));
    }

    @Test
    void each_is_an_agents_own_and_the_first_is_the_outcome() {
        Outcome outcome = ask((_, index) -> Reply.of(WORDS.get(index)), three());

        assertThat(outcome.text()).isEqualTo(WORDS.getFirst());
        assertThat(outcome.partial()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(words(i, Channel.ANSWER)).isEqualTo(WORDS.get(i));
        }
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::seed)
                .containsExactly(Seeds.ofAgent(7, 0), Seeds.ofAgent(7, 1), Seeds.ofAgent(7, 2));
        assertThat(streamed()).isEqualTo(WORDS.getFirst());
        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.entries())
                .extracting(Ledger.Entry::agent)
                .containsExactly(Ledger.SHARED, 0, 1, 2);
    }

    @Test
    void the_budget_is_that_of_all() {
        Outcome outcome =
                ask(
                        (_, _) -> Reply.of("word ".repeat(50)),
                        three().withBudget(Budget.UNLIMITED.withTokens(30)));

        assertThat(outcome.partial()).isTrue();
        assertThat(events(Event.RunFinished.class).getFirst().ledger().usage().generated())
                .isEqualTo(30);
        assertThat(events(Event.AgentFinished.class))
                .extracting(Event.AgentFinished::reason)
                .contains(StopReason.BUDGET_TOKENS);
    }

    @Test
    void an_agent_that_fails_fails_the_run() {
        assertFault(
                Fault.Code.INTERNAL,
                () ->
                        ask(
                                (_, index) ->
                                        index == 1
                                                ? Reply.of(LEFT).failingAfter(1)
                                                : Reply.of(LEFT),
                                three()));
    }

    @Test
    void words_of_one_are_enough() {
        Outcome outcome = ask((_, index) -> Reply.of(index == 0 ? "" : LEFT), three());

        assertThat(outcome).isEqualTo(new Outcome("", Optional.empty(), false));
        assertFault(Fault.Code.INTERNAL, () -> ask((_, _) -> Reply.of(""), three()));
    }

    @ParameterizedTest
    @EnumSource(names = {"THINKING", "CONTEMPLATING"})
    void only_what_is_drawn_at_once_is_drawn_several_times(Mode mode) {
        assertFault(
                Fault.Code.INVALID,
                () ->
                        ask(
                                (_, _) -> Reply.of(LEFT),
                                request(mode).withWishes(Wishes.NONE.withAnswers(2))));
    }
}
