package dev.polymnia.eval.run;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Scorer;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EvaluationTest {
    @TempDir private Path folder;

    private static RunLog run(Plan plan, Path where, RunLimits limits, Script script) {
        return run(plan, where, limits, script, SmallTask.SCORER, (_, _) -> {});
    }

    private static RunLog run(
            Plan plan,
            Path where,
            RunLimits limits,
            Script script,
            Scorer scorer,
            Progress progress) {
        try (BranchingModel model = ScriptedModel.of(script)) {
            return new Evaluation(model, Clock.SYSTEM, scorer)
                    .run(plan, where, limits, Map.of(), progress, new Cancellation());
        }
    }

    /// Results without what a clock says, in the order of samples. How far an agent had come when
    /// the others had decided is a matter of time, too.
    private static List<SampleResult> timeless(RunLog log) {
        return log.results().stream()
                .map(result ->
                        new SampleResult(
                                result.id(),
                                result.epoch(),
                                result.text(),
                                result.answer(),
                                result.partial(),
                                result.score(),
                                result.failure(),
                                result.stop(),
                                result.stop().isPresent() ? List.of() : result.agents(),
                                result.shared(),
                                Instant.EPOCH,
                                Duration.ZERO))
                .sorted(comparing(SampleResult::id).thenComparingInt(SampleResult::epoch))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void every_sample_is_asked_scored_and_kept(Mode mode) {
        Task task = SmallTask.of(12);

        RunLog log = run(SmallTask.plan(task, mode), folder, RunLimits.NONE, SmallTask.script());

        assertThat(log.status()).isEqualTo(RunLog.Status.SUCCESS);
        assertThat(log.samples()).isEqualTo(task.samples());
        assertThat(log.results()).extracting(SampleResult::id).containsExactlyElementsOf(ids(12));
        assertThat(log.results())
                .allSatisfy(result -> {
                    assertThat(result.score()).isPresent();
                    assertThat(result.agents())
                            .hasSizeBetween(1, mode == Mode.CONTEMPLATING ? 4 : 1);
                    assertThat(result.usage().generated()).isPositive();
                });
        assertThat(log.results()).extracting(SampleResult::value).contains(1.0);
        assertThat(RunFolder.read(folder)).isEqualTo(log);
    }

    private static List<String> ids(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add("sum-" + i);
        }
        return ids;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void two_runs_with_one_seed_are_the_same_whatever_runs_at_once(Mode mode) {
        Plan plan = SmallTask.plan(SmallTask.of(20), mode);

        RunLog alone = run(plan, folder.resolve("alone"), RunLimits.NONE, SmallTask.script());
        RunLog together =
                run(
                        plan,
                        folder.resolve("together"),
                        RunLimits.NONE.withConcurrency(5),
                        SmallTask.script());

        assertThat(timeless(together)).isEqualTo(timeless(alone));
    }

    @Test
    void a_run_that_was_killed_at_any_point_comes_to_the_same_end() throws IOException {
        Plan plan = SmallTask.plan(SmallTask.of(15), Mode.CONTEMPLATING);
        Path whole = folder.resolve("whole");
        RunLog undisturbed = run(plan, whole, RunLimits.NONE, SmallTask.script());
        byte[] results = Files.readAllBytes(whole.resolve("results.jsonl"));
        Random random = new Random(11);
        for (int kill = 0; kill < 10; kill++) {
            Path killed = Files.createDirectory(folder.resolve("killed-" + kill));
            Files.copy(whole.resolve("run.json"), killed.resolve("run.json"));
            int written = random.nextInt(results.length);
            Files.write(killed.resolve("results.jsonl"), Arrays.copyOf(results, written));
            int finished = RunFolder.read(killed).results().size();
            List<String> asked = new ArrayList<>();

            RunLog resumed =
                    run(
                            plan,
                            killed,
                            RunLimits.NONE,
                            SmallTask.script(),
                            SmallTask.SCORER,
                            (result, _) -> asked.add(result.id()));

            assertThat(timeless(resumed)).isEqualTo(timeless(undisturbed));
            assertThat(asked).hasSize(15 - finished);
        }
    }

    @Test
    void a_cancelled_run_keeps_what_is_finished_and_goes_on() {
        Plan plan = SmallTask.plan(SmallTask.of(10), Mode.THINKING);
        Cancellation cancellation = new Cancellation();
        RunLog stopped;
        try (BranchingModel model = ScriptedModel.of(SmallTask.script())) {
            stopped =
                    new Evaluation(model, Clock.SYSTEM, SmallTask.SCORER)
                            .run(
                                    plan,
                                    folder,
                                    RunLimits.NONE,
                                    Map.of(),
                                    (_, standing) -> {
                                        if (standing.done() == 4) {
                                            cancellation.request();
                                        }
                                    },
                                    cancellation);
        }
        assertThat(stopped.status()).isEqualTo(RunLog.Status.CANCELLED);
        assertThat(stopped.results()).hasSize(4);

        RunLog whole = run(plan, folder, RunLimits.NONE, SmallTask.script());

        assertThat(whole.status()).isEqualTo(RunLog.Status.SUCCESS);
        assertThat(whole.results()).hasSize(10);
        assertThat(whole.results().subList(0, 4)).isEqualTo(stopped.results());
    }

    @Test
    void a_run_begins_no_sample_that_its_tokens_may_not_be_enough_for() {
        Plan plan = SmallTask.plan(SmallTask.of(10), Mode.INSTANT);
        long most = ScriptedModel.defaultInfo().profile().settings(Mode.INSTANT).maxTokens();

        RunLog log =
                run(
                        plan,
                        folder,
                        RunLimits.NONE.withBudget(Budget.UNLIMITED.withTokens(most + 20)),
                        SmallTask.script());

        assertThat(log.status()).isEqualTo(RunLog.Status.CANCELLED);
        assertThat(log.ending()).contains("fewer than a sample may need");
        assertThat(log.results()).hasSizeBetween(1, 3);
        assertThat(log.results()).allSatisfy(result -> assertThat(result.partial()).isFalse());
        long spent = log.results().stream().mapToLong(each -> each.usage().generated()).sum();
        assertThat(spent).isGreaterThan(20).isLessThanOrEqualTo(most + 20);
    }

    @Test
    void a_question_that_is_too_long_fails_alone() {
        Task task = SmallTask.of(3);
        Sample first = task.samples().getFirst();
        Sample endless =
                new Sample(
                        "endless",
                        List.of(Message.user("word ".repeat(5000) + "What is 1 + 2?")),
                        "?",
                        first.target(),
                        Map.of());
        Task both =
                new Task(
                        task.name(),
                        task.title(),
                        task.scorer(),
                        List.of(endless, first),
                        task.source(),
                        task.promptDigest());

        RunLog log =
                run(SmallTask.plan(both, Mode.INSTANT), folder, RunLimits.NONE, SmallTask.script());

        assertThat(log.status()).isEqualTo(RunLog.Status.SUCCESS);
        SampleResult failed = log.results().getFirst();
        assertThat(failed.failure().orElseThrow().code()).isEqualTo("CONTEXT_FULL");
        assertThat(failed.value()).isZero();
        assertThat(log.results().get(1).failure()).isEmpty();
    }

    @Test
    void a_sample_under_which_the_model_fails_is_told_with_the_reason() {
        Plan plan = SmallTask.plan(SmallTask.of(6), Mode.INSTANT);
        Script failing =
                (request, index) -> {
                    Reply reply = SmallTask.script().reply(request, index);
                    return index == 3 ? reply.failingAfter(2) : reply;
                };

        RunLog log = run(plan, folder, RunLimits.NONE, failing);

        assertThat(log.results()).hasSize(6);
        assertThat(log.results().get(3).failure()).isPresent();
        assertThat(log.results().get(3).score()).isEmpty();
        assertThat(log.results().get(3).usage().generated()).isPositive();
    }

    @Test
    void what_says_that_nothing_can_be_answered_ends_the_run_and_loses_nothing() {
        Plan plan = SmallTask.plan(SmallTask.of(6), Mode.INSTANT);
        Script failing =
                (request, index) -> {
                    if (index == 3) {
                        throw new Fault(Fault.Code.UNAVAILABLE, "The server is gone.");
                    }
                    return SmallTask.script().reply(request, index);
                };

        assertThatThrownBy(() -> run(plan, folder, RunLimits.NONE, failing))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("server is gone");

        RunLog log = RunFolder.read(folder);
        assertThat(log.status()).isEqualTo(RunLog.Status.ERROR);
        assertThat(log.results()).hasSize(3);
        assertThat(run(plan, folder, RunLimits.NONE, SmallTask.script()).results()).hasSize(6);
    }

    @Test
    void a_scorer_that_throws_ends_the_run_and_loses_nothing() {
        Plan plan = SmallTask.plan(SmallTask.of(4), Mode.INSTANT);
        Scorer throwing =
                new Scorer() {
                    @Override
                    public String name() {
                        return SmallTask.SCORER.name();
                    }

                    @Override
                    public Score score(Sample sample, String text) {
                        if (sample.id().equals("sum-2")) {
                            throw new IllegalStateException("no rule for this");
                        }
                        return SmallTask.SCORER.score(sample, text);
                    }
                };

        assertThatThrownBy(() ->
                        run(
                                plan,
                                folder,
                                RunLimits.NONE,
                                SmallTask.script(),
                                throwing,
                                (_, _) -> {}))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.INTERNAL);
                            assertThat(fault).hasMessageContaining("no rule for this");
                        });

        assertThat(RunFolder.read(folder).results()).hasSize(2);
    }

    @Test
    void agents_that_nobody_waited_for_are_told_as_cancelled() {
        Plan plan = new Plan(SmallTask.of(1), Mode.CONTEMPLATING, 7, 8, 1, 0);
        Script unanimous = (_, _) -> Reply.of("Two\nAnswer: it is 2");

        RunLog log = run(plan, folder, RunLimits.NONE, unanimous);

        SampleResult result = log.results().getFirst();
        assertThat(result.value()).isEqualTo(1);
        assertThat(result.stop()).isPresent();
        assertThat(result.agents()).hasSizeLessThan(8);
        assertThat(result.agents())
                .allSatisfy(agent ->
                        assertThat(agent.reason()).isIn(StopReason.END, StopReason.CANCELLED));
    }

    @Test
    void epochs_ask_again_with_other_seeds() {
        Plan plan = new Plan(SmallTask.of(3), Mode.THINKING, 7, 4, 2, 0);

        RunLog log = run(plan, folder, RunLimits.NONE, SmallTask.script());

        assertThat(log.results()).hasSize(6);
        assertThat(log.results().stream().map(each -> each.agents().getFirst().seed()).distinct())
                .hasSize(6);
    }

    @Test
    void progress_tells_the_rate_and_what_is_left() {
        List<Standing> told = new ArrayList<>();

        run(
                SmallTask.plan(SmallTask.of(4), Mode.INSTANT),
                folder,
                RunLimits.NONE,
                SmallTask.script(),
                SmallTask.SCORER,
                (_, standing) -> told.add(standing));

        assertThat(told).extracting(Standing::done).containsExactly(1, 2, 3, 4);
        assertThat(told.getLast().left()).isZero();
        assertThat(told.getFirst().left()).isPositive();
        assertThat(told.getLast().tokens()).isPositive();
        assertThat(told.getLast().interval().low()).isLessThan(told.getLast().accuracy() + 1e-9);
    }
}
