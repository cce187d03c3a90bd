package dev.polymnia.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A second round over the answers of a first one.
final class RefinementTest extends RunFixture {
    private final List<String> joined = new CopyOnWriteArrayList<>();

    private static ModelInfo info(Approach words) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        TeamProfile team =
                usual.profile()
                        .team(TaskClass.ANSWER)
                        .withApproaches(List.of(words))
                        .withRefinements(3);
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

    private static Approach words() {
        return ScriptedModel.defaultInfo().profile().team(TaskClass.ANSWER).approaches().getFirst();
    }

    private Outcome refine(Script script, RunRequest request) {
        return refine(script, info(words()), request);
    }

    private Outcome refine(Script script, ModelInfo info, RunRequest request) {
        try (ScriptedModel model = ScriptedModel.of(script, info)) {
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
    void a_budget_that_ends_in_the_second_round_leaves_the_first() {
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

    @ParameterizedTest
    @CsvSource({
        // Votes and weights of the first answer, then of the second.
        "1,3.5, 3,0.9, false",
        "3,1.5, 1,0.6, true",
        "3,3, 1,1, false",
        "5,5, 2,2, true",
    })
    void what_settles_a_round_is_weight(
            int votes, double weight, int otherVotes, double otherWeight, boolean refined) {
        Event.Tally tally =
                new Event.Tally(
                        List.of(
                                new Event.Share("31", votes, weight, 0),
                                new Event.Share("21", otherVotes, otherWeight, 0)),
                        0,
                        0);

        assertThat(Refinement.isWanted(tally)).isEqualTo(refined);
    }

    @Test
    void one_sure_agent_may_settle_what_three_doubt() {
        Script first = script(List.of(LEFT, OTHER, OTHER, OTHER), OTHER);
        Script script =
                (request, index) ->
                        first.reply(request, index)
                                .withLogProbability(Math.log(index == 0 ? 1 : 0.5));

        Outcome outcome = refine(script, info(words().withWeight(1, 4)), four());

        assertThat(outcome.answer()).contains("31");
        assertThat(joined).isEmpty();
    }

    /// Only the second prompt is too long, as a trunk or with the hint of each agent behind it.
    @ParameterizedTest
    @CsvSource({"0, 50", "100, 150"})
    void a_second_round_that_does_not_fit_the_context_leaves_the_first(int hint, int context) {
        ModelInfo usual =
                info(
                        Approach.words(
                                "Think. ".repeat(hint).strip(),
                                words().sampling(),
                                words().maxTokens()));
        ModelInfo small =
                new ModelInfo(
                        usual.name(),
                        usual.digest(),
                        context,
                        usual.capabilities(),
                        usual.profile());

        Outcome outcome =
                refine(script(List.of(LEFT, OTHER, LEFT, "Answer: 7"), OTHER), small, four());

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(joined).isEmpty();
        assertThat(events(Event.AgentStarted.class)).hasSize(4);
        assertThat(events(Event.AgentFinished.class)).hasSize(4);
    }

    @Test
    void a_budget_with_too_few_agents_for_a_second_round_skips_it() {
        RunRequest request = four().withBudget(Budget.UNLIMITED.withAgents(4 + 2));

        Outcome outcome = refine(script(List.of(LEFT, OTHER, LEFT, "Answer: 7"), OTHER), request);

        assertThat(outcome).isEqualTo(new Outcome("31", Optional.of("31"), false));
        assertThat(events(Event.StoppedEarly.class)).isEmpty();
        assertThat(events(Event.AgentStarted.class)).hasSize(4);
    }

    @Test
    void few_answers_among_many_texts_are_not_refined() {
        String foxes = "Foxes are shy animals of the wood.";
        Script script = script(List.of(LEFT, OTHER, foxes, foxes, foxes), OTHER);

        Outcome outcome = refine(script, request(Mode.CONTEMPLATING).withAgents(5));

        assertThat(outcome).isEqualTo(new Outcome(foxes, Optional.empty(), false));
        assertThat(joined).isEmpty();
    }

    /// One agent of the second round has ended when the best answer so far is asked for.
    @Test
    void a_second_round_that_is_told_to_finish_leaves_the_first() throws InterruptedException {
        Script first = script(List.of(LEFT, OTHER, LEFT, "Answer: 7"), OTHER);
        Script script =
                (request, index) ->
                        index < 5 ? first.reply(request, index) : Reply.of("and so on ".repeat(80));
        try (ScriptedModel model = ScriptedModel.manual(script, info(words()));
                BackgroundRun run = new Assistant(model, Clock.SYSTEM).start(four(), log::add)) {
            model.awaitLive(4);
            while (model.live() > 0) {
                model.step();
            }
            model.awaitLive(3);
            while (model.live() > 2) {
                model.step();
            }
            run.finish();
            while (!run.isOver()) {
                model.step();
            }

            assertThat(run.await())
                    .isEqualTo(new RunResult.Answered(new Outcome("31", Optional.of("31"), true)));
        }
        assertThat(events(Event.AgentFinished.class).get(4).answer()).contains("21");
    }
}
