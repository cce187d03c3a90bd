package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Capability;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Prices;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ForceTest extends RunFixture {
    private final List<String> beginnings = new ArrayList<>();

    /// Thinks in seven tokens, the one that ends it included, and answers in two.
    private Reply sums(BranchRequest request) {
        String beginning = request.prompt().beginning();
        beginnings.add(beginning);
        return Reply.of(beginning.endsWith("Answer:") ? " 31" : "36 - 5 = 31.\nAnswer: 21");
    }

    private Outcome force(Script script, ModelInfo info, long tokens) {
        try (ScriptedModel model = ScriptedModel.of(script, info)) {
            return new Assistant(model, Clock.SYSTEM)
                    .force(
                            request(Mode.THINKING).withBudget(Budget.UNLIMITED.withTokens(tokens)),
                            log::add);
        }
    }

    private Outcome force(long tokens) {
        return force((request, _) -> sums(request), ScriptedModel.defaultInfo(), tokens);
    }

    @Test
    void an_agent_that_wants_to_answer_has_to_wait_until_its_tokens_are_used() {
        // 32 of the tokens are kept for the answer; the third time there are 2 tokens left.
        Outcome outcome = force(48);

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        String thought = "36 - 5 = 31.";
        String again = thought + "\nWait" + thought;
        assertThat(beginnings)
                .containsExactly(
                        "",
                        thought + "\nWait",
                        again + "\nWait",
                        again + "\nWait36 -" + "\nAnswer:");
        assertThat(words(0, Channel.REASONING))
                .isEqualTo(thought + "\n\nWait" + thought + "\n\nWait36 -\nAnswer:");
        assertThat(words(0, Channel.ANSWER)).isEqualTo(" 31");
        Event.AgentFinished end = events(Event.AgentFinished.class).getFirst();
        assertThat(end.answer()).contains("31");
        assertThat(end.votes()).isTrue();
        assertThat(end.reason()).isEqualTo(StopReason.END);
        assertThat(end.usage().generated()).isEqualTo(7 + 7 + 2 + 2);
        assertThat(end.confidence()).isBetween(0.499, 0.501);
    }

    @Test
    void the_ledger_says_what_the_agent_came_to() {
        force(48);

        assertThat(events(Event.RunFinished.class).getFirst().ledger().agents())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.agent()).isZero();
                    assertThat(report.approach()).isEqualTo("words");
                    assertThat(report.started()).isZero();
                    assertThat(report.time()).isPositive();
                    assertThat(report.answer()).contains("31");
                    assertThat(report.votes()).isTrue();
                    assertThat(report.confidence()).isBetween(0.499, 0.501);
                    assertThat(report.reason()).isEqualTo(StopReason.END);
                    assertThat(report.note()).isEmpty();
                });
    }

    @Test
    void an_agent_whose_answer_is_cut_off_is_in_the_ledger_without_a_vote() {
        force((_, _) -> Reply.of(" 31 or so it seems"), ScriptedModel.defaultInfo(), 3);

        assertThat(events(Event.RunFinished.class).getFirst().ledger().agents())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.votes()).isFalse();
                    assertThat(report.reason()).isEqualTo(StopReason.LENGTH);
                });
    }

    @Test
    void with_few_tokens_it_answers_at_once() {
        Outcome outcome = force(5);

        assertThat(outcome.text()).isEqualTo("31");
        assertThat(beginnings).containsExactly("Answer:");
        assertThat(events(Event.AgentFinished.class).getFirst().usage().generated()).isEqualTo(2);
    }

    @Test
    void it_never_spends_more_than_its_tokens() {
        Script babbling =
                (request, _) ->
                        Reply.of(
                                request.prompt().beginning().endsWith("Answer:")
                                        ? " 31\nand " + "so on ".repeat(100)
                                        : "word ".repeat(500));
        for (long tokens : List.of(1L, 32L, 33L, 100L, 300L)) {
            log.clear();
            Outcome outcome = force(babbling, ScriptedModel.defaultInfo(), tokens);

            assertThat(outcome.text()).isEqualTo("31");
            assertThat(outcome.partial()).isEqualTo(tokens == 1);
            assertThat(events(Event.AgentFinished.class).getFirst().usage().generated())
                    .isLessThanOrEqualTo(tokens);
        }
    }

    @Test
    void one_that_ends_again_and_again_answers_in_the_end() {
        Script silent =
                (request, _) -> {
                    beginnings.add(request.prompt().beginning());
                    return Reply.of(request.prompt().beginning().endsWith("Answer:") ? "4" : "");
                };

        assertThat(force(silent, ScriptedModel.defaultInfo(), 2000).text()).isEqualTo("4");

        assertThat(beginnings).hasSizeLessThan(100);
    }

    @Test
    void money_ends_the_thoughts_as_tokens_do() {
        ModelInfo info = ScriptedModel.defaultInfo().withPrices(new Prices(0, 0, 1_000_000));
        RunRequest request = request(Mode.THINKING).withBudget(Budget.UNLIMITED.withMoney(48));
        try (ScriptedModel model = ScriptedModel.of((asked, _) -> sums(asked), info)) {
            assertThat(new Assistant(model, Clock.SYSTEM).force(request, log::add))
                    .isEqualTo(new Outcome("31", Optional.of("31"), false));
        }
        int asked = beginnings.size();

        force(48);

        assertThat(beginnings.subList(asked, beginnings.size()))
                .isEqualTo(beginnings.subList(0, asked));
    }

    @Test
    void one_that_says_nothing_behind_the_marker_is_a_fault() {
        assertFault(
                Fault.Code.INTERNAL,
                () -> force((_, _) -> Reply.of(""), ScriptedModel.defaultInfo(), 40));
    }

    @Test
    void models_that_cannot_be_forced_are_refused() {
        ModelInfo usual = ScriptedModel.defaultInfo();
        Set<Capability> capabilities = EnumSet.copyOf(usual.capabilities());
        capabilities.remove(Capability.BEGINNING);
        ModelInfo deaf =
                new ModelInfo(
                        usual.name(),
                        usual.digest(),
                        usual.contextTokens(),
                        capabilities,
                        usual.profile());
        ModelProfile tagged =
                new ModelProfile(
                        new ReasoningSwitch.Tagged("<think>", "</think>", Map.of(), Map.of()),
                        usual.profile().modes());
        ModelInfo thinking =
                new ModelInfo(
                        usual.name(),
                        usual.digest(),
                        usual.contextTokens(),
                        usual.capabilities(),
                        tagged);

        for (ModelInfo info : List.of(deaf, thinking)) {
            assertFault(
                    Fault.Code.UNSUPPORTED, () -> force((request, _) -> sums(request), info, 40));
        }
        assertThat(beginnings).isEmpty();
    }
}
