package dev.polymnia.eval.bank;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.run.Event;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.bank.Replay.Played;
import dev.polymnia.eval.run.Budgets;
import dev.polymnia.eval.run.Manner;
import dev.polymnia.eval.run.Plan;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Banks of scripted runs.
final class BankTest {
    private static final int QUESTIONS = 40;

    @TempDir private Path folder;

    private Bank bank(int words, int programs) {
        Plan plan = Plan.bank(Sums.task(QUESTIONS), 7, 1, 0, new Manner.Bank(words, programs));
        return Bank.of(Sums.run(plan, folder.resolve("bank")));
    }

    private RunLog contemplating(int agents) {
        Plan plan = new Plan(Sums.task(QUESTIONS), Mode.CONTEMPLATING, 7, agents, 1, 0);
        return Sums.run(plan, folder.resolve("contemplating"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16})
    void replaying_contemplating_is_what_contemplating_does(int agents) {
        Bank bank = bank(8, 8);
        Map<String, SampleResult> asked =
                contemplating(agents).results().stream()
                        .collect(toMap(SampleResult::id, result -> result));
        Policy policy = Policy.plain(agents / 2, agents / 2).withStop(Stop.AUTO);

        assertThat(bank.questions()).hasSize(QUESTIONS);
        for (Bank.Question question : bank.questions()) {
            Played played = Replay.play(policy, question);
            SampleResult result = requireNonNull(asked.get(question.id()));
            assertThat(played.answer()).as(question.id()).isEqualTo(result.answer());
            assertThat(played.value()).as(question.id()).isEqualTo(result.value());
            assertThat(played.begun()).as(question.id()).isEqualTo(result.agents().size());
        }
    }

    /// A team of three words, four programs and the chain of the Thinking mode, which is greedy.
    private static ModelInfo thinkingJoins(double weight) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        TeamProfile team = usual.profile().team(TaskClass.ANSWER);
        Approach words = team.approaches().getFirst();
        Approach alone = Approach.words("Think alone.", Sampling.GREEDY, 256);
        List<Approach> approaches =
                Policy.plain(3, 4).withThinking(weight).over(team.approaches(), alone);
        assertThat(approaches).extracting(Approach::seats).containsExactly(3, 4, 1);
        assertThat(approaches.getFirst()).isEqualTo(words.withSeats(3));
        return usual.withProfile(
                usual.profile()
                        .withClass(
                                TaskClass.ANSWER,
                                new ClassSettings(alone, team.withApproaches(approaches))));
    }

    private RunLog run(String name, Plan plan, ModelInfo info) {
        return Sums.run(plan, folder.resolve(name), info, new Cancellation());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 2.5})
    void replaying_a_team_that_thinking_joins_is_what_it_does(double weight) {
        ModelInfo info = thinkingJoins(weight);
        Task task = Sums.task(QUESTIONS);
        RunLog thinking = run("thinking", new Plan(task, Mode.THINKING, 7, 1, 1, 0), info);
        Plan stored = Plan.bank(task, 7, 1, 0, new Manner.Bank(8, 8));
        Bank bank = Bank.of(run("bank", stored, info)).withThinking(thinking);
        Plan plan = new Plan(task, Mode.CONTEMPLATING, 7, 8, 1, 0);
        Map<String, SampleResult> asked =
                run("contemplating", plan, info).results().stream()
                        .collect(toMap(SampleResult::id, result -> result));
        Policy policy = Policy.plain(3, 4).withThinking(weight).withStop(Stop.AUTO);

        assertThat(bank.size()).isEqualTo(QUESTIONS);
        for (Bank.Question question : bank.questions()) {
            Played played = Replay.play(policy, question);
            SampleResult result = requireNonNull(asked.get(question.id()));
            assertThat(played.answer()).as(question.id()).isEqualTo(result.answer());
            assertThat(played.value()).as(question.id()).isEqualTo(result.value());
            assertThat(played.begun()).as(question.id()).isEqualTo(result.agents().size());
        }
        assertThat(Replay.of(bank, Policy.thinkingAlone()).accuracy().orElseThrow().value())
                .isEqualTo(
                        thinking.results().stream()
                                .mapToDouble(SampleResult::value)
                                .average()
                                .orElseThrow());
        assertThat(Policy.usual(bank)).contains(Policy.thinkingAlone(), policy);
    }

    @Test
    void only_a_run_of_thinking_over_the_same_questions_joins_a_bank() {
        Bank bank = bank(2, 2);

        assertThatThrownBy(() -> bank.withThinking(contemplating(4)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("none of the Thinking mode");
        assertThatThrownBy(() -> Replay.of(bank, Policy.plain(1, 1).withThinking(1)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("with the chain of the Thinking mode");
    }

    @Test
    void the_lossless_stop_changes_no_answer_and_saves_tokens() {
        Bank bank = bank(8, 4);
        for (Policy full : List.of(Policy.plain(8, 0), Policy.plain(4, 4))) {
            Policy early = full.withStop(Stop.LOSSLESS);
            for (Bank.Question question : bank.questions()) {
                assertThat(Replay.play(early, question).answer())
                        .isEqualTo(Replay.play(full, question).answer());
            }
            assertThat(Replay.of(bank, early).generatedTokens())
                    .isLessThan(Replay.of(bank, full).generatedTokens());
            assertThat(Replay.of(bank, early).stopped()).isPositive();
        }
    }

    @Test
    void a_replay_sums_its_questions_up() {
        Bank bank = bank(4, 2);
        Policy policy = Policy.plain(4, 2).withStop(Stop.BETA);

        Replay replay = Replay.of(bank, policy);

        double rights = 0;
        double firsts = 0;
        long generated = 0;
        long stopped = 0;
        for (Bank.Question question : bank.questions()) {
            Played played = Replay.play(policy, question);
            rights += played.value();
            firsts += Replay.play(Policy.plain(1, 0), question).value();
            generated += played.generated();
            stopped += played.rule().filter(rule -> rule == Event.Rule.BETA).isPresent() ? 1 : 0;
        }
        assertThat(replay.questions()).isEqualTo(QUESTIONS);
        assertThat(replay.accuracy().orElseThrow().value()).isEqualTo(rights / QUESTIONS);
        assertThat(replay.minusFirst().orElseThrow().value())
                .isCloseTo((rights - firsts) / QUESTIONS, within(1e-12));
        assertThat(replay.generatedTokens()).isEqualTo((double) generated / QUESTIONS);
        assertThat(replay.stopped()).isEqualTo((double) stopped / QUESTIONS);
        assertThat(Replay.of(bank, Policy.plain(1, 0)).minusFirst()).isEmpty();
    }

    @Test
    void a_perfect_choice_is_at_least_as_good_as_any_vote() {
        Bank bank = bank(4, 4);

        double any =
                Coverage.of(bank).stream()
                        .filter(each -> each.k() == 8)
                        .findFirst()
                        .orElseThrow()
                        .value();

        assertThat(Coverage.of(bank))
                .extracting(each -> each.chains() + " " + each.k())
                .containsExactly(
                        "words 1",
                        "words 2",
                        "words 4",
                        "programs 1",
                        "programs 2",
                        "programs 4",
                        "words and programs 8");
        for (Policy policy : Policy.usual(bank)) {
            assertThat(Replay.of(bank, policy).accuracy().orElseThrow().value())
                    .isLessThanOrEqualTo(any + 1e-12);
        }
    }

    @Test
    void word_voting_and_budget_forcing_have_the_tokens_of_the_contemplating_run() {
        Bank bank = bank(16, 0);
        RunLog contemplating = contemplating(8);
        Plan plan = Plan.forced(Sums.task(QUESTIONS), 7, 1, 0, Budgets.of(contemplating));
        RunLog forced = Sums.run(plan, folder.resolve("forced"));

        EqualTokens voted = EqualTokens.ofVotes(bank, contemplating).orElseThrow();
        EqualTokens thought = EqualTokens.ofForced(forced, contemplating).orElseThrow();

        double budget =
                contemplating.results().stream()
                        .mapToLong(result -> result.usage().generated())
                        .average()
                        .orElseThrow();
        assertThat(voted.questions()).isEqualTo(QUESTIONS);
        assertThat(voted.budget()).isEqualTo(budget);
        assertThat(voted.tokens()).isLessThanOrEqualTo(budget);
        assertThat(voted.dry()).isPresent();
        assertThat(thought.budget()).isEqualTo(budget);
        assertThat(thought.tokens()).isLessThanOrEqualTo(budget);
        assertThat(thought.dry()).isEmpty();
        double theirs =
                contemplating.results().stream()
                        .mapToDouble(SampleResult::value)
                        .average()
                        .orElseThrow();
        assertThat(voted.minusContemplating().value())
                .isCloseTo(voted.accuracy().value() - theirs, within(1e-12));
    }

    @Test
    void runs_that_do_not_belong_together_are_refused() {
        Bank bank = bank(2, 0);
        RunLog other =
                Sums.run(
                        new Plan(Sums.task("others", 2), Mode.CONTEMPLATING, 7, 4, 1, 0),
                        folder.resolve("others"));
        RunLog thinking =
                Sums.run(
                        new Plan(Sums.task(QUESTIONS), Mode.THINKING, 7, 4, 1, 0),
                        folder.resolve("thinking"));

        refused("task differ", () -> EqualTokens.ofVotes(bank, other));
        refused("thinking", () -> EqualTokens.ofVotes(bank, thinking));
        refused("bank", () -> EqualTokens.ofVotes(bank, bank.log()));
        refused("no branch bank", () -> Bank.of(thinking));
        refused("holds 2 and 0", () -> Replay.of(bank, Policy.plain(3, 0)));
        refused("holds 2 and 0", () -> Replay.of(bank, Policy.plain(1, 1)));
        refused("none", () -> EqualTokens.ofForced(thinking, contemplating(4)));
    }

    private static void refused(String words, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(words);
    }
}
