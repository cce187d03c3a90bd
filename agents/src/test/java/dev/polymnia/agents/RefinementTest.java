package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// A second round over the answers of a first one.
final class RefinementTest extends RunFixture {
    private final List<String> joined = new CopyOnWriteArrayList<>();

    private static ModelInfo info(int refinements) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        TeamProfile team = usual.profile().team(TaskClass.ANSWER).withRefinements(refinements);
        return usual.withProfile(
                usual.profile()
                        .withClass(
                                TaskClass.ANSWER,
                                new ClassSettings(team.approaches().getFirst(), team)));
    }

    /// The first round answers in turn; whoever reads the others' answers says something else.
    private Script script(List<String> first, String second) {
        return (request, index) -> {
            String asked = request.prompt().messages().getLast().text();
            if (!asked.contains("Several others")) {
                return Reply.of(first.get(index % first.size()));
            }
            joined.add(asked);
            return Reply.of(second);
        };
    }

    private Outcome refine(Script script, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script, info(3))) {
            return new Assistant(model, Clock.SYSTEM).answer(request, log::add);
        }
    }

    private RunRequest four() {
        return request(Mode.CONTEMPLATING).withAgents(4);
    }

    @Test
    void those_who_disagree_are_read_by_a_second_round() {
        Outcome outcome = refine(script(List.of(LEFT, OTHER), OTHER), four());

        assertThat(outcome).isEqualTo(new Outcome("21", Optional.of("21"), false));
        assertThat(events(Event.AgentStarted.class))
                .extracting(Event.AgentStarted::approach)
                .containsExactly("words", "words", "words", "words", "refine", "refine", "refine");
        assertThat(events(Event.AgentStarted.class).getLast().wave()).isEqualTo(2);
        for (int agent = 0; agent < 7; agent++) {
            assertAgent(agent);
        }
    }

    @Test
    void they_read_each_answer_once_and_not_how_many_gave_it() {
        refine(script(List.of(LEFT, LEFT, OTHER, LEFT.replace("31", "7")), LEFT), four());

        assertThat(joined).hasSize(3);
        String words = joined.getFirst();
        assertThat(joined).containsOnly(words);
        assertThat(words.split("31", -1)).hasSize(2);
        assertThat(words).contains("21").contains("7").contains("3. ").doesNotContain("4. ");
    }

    @Test
    void what_nobody_had_said_before_does_not_count() {
        Outcome outcome =
                refine(script(List.of(LEFT, OTHER, LEFT, "Answer: 7"), "Answer: 99"), four());

        assertThat(outcome.answer()).contains("31");
    }

    @Test
    void three_quarters_are_not_put_in_question() {
        refine(script(List.of(LEFT, LEFT, LEFT, OTHER), OTHER), four());

        assertThat(joined).isEmpty();
        assertThat(events(Event.AgentStarted.class)).hasSize(4);
    }

    @Test
    void free_texts_are_not_refined() {
        refine(
                script(List.of("Foxes are shy animals of the wood.", "Owls see at night."), LEFT),
                four());

        assertThat(joined).isEmpty();
    }

    @Test
    void a_budget_that_ends_in_the_second_round_leaves_the_best_of_both() {
        RunRequest request = four();
        long first = spent(script(List.of(LEFT, OTHER), OTHER), 4);
        log.clear();

        Outcome outcome =
                refine(
                        script(List.of(LEFT, OTHER), OTHER),
                        request.withBudget(request.budget().withTokens(first + 2)));

        assertThat(outcome.partial()).isTrue();
        assertThat(outcome.answer()).contains("31");
        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.usage().generated()).isEqualTo(first + 2);
    }

    /// Returns what the first agents of a run generate.
    private long spent(Script script, int agents) {
        refine(script, four());
        return events(Event.AgentFinished.class).stream()
                .limit(agents)
                .mapToLong(finished -> finished.usage().generated())
                .sum();
    }

    @Test
    void both_trunks_are_in_the_ledger() {
        refine(script(List.of(LEFT, OTHER), OTHER), four());

        Ledger ledger = events(Event.RunFinished.class).getFirst().ledger();
        assertThat(ledger.entries()).hasSize(8);
        assertThat(ledger.entries().getFirst().agent()).isEqualTo(Ledger.SHARED);
        assertThat(ledger.usage().generated())
                .isEqualTo(
                        events(Event.AgentFinished.class).stream()
                                .mapToLong(finished -> finished.usage().generated())
                                .sum());
    }
}
