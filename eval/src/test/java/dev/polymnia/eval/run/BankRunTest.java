package dev.polymnia.eval.run;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.agents.Roster;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Seeds;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs that keep a branch bank, and runs with budget forcing.
final class BankRunTest {
    private static final ProgramRunner RUNNER =
            work ->
                    work.words().startsWith("is ")
                            ? ProgramRunner.Result.of(work.words())
                            : ProgramRunner.Result.failed("SyntaxError");

    @TempDir private Path folder;

    private static Plan bank(Task task, int words, int programs) {
        return Plan.bank(task, 7, 1, 0, new Manner.Bank(words, programs));
    }

    private static RunLog run(Plan plan, Path where, Script script) {
        return run(plan, where, script, RUNNER, (_, _) -> {});
    }

    private static RunLog run(
            Plan plan, Path where, Script script, ProgramRunner runner, Progress progress) {
        try (BranchingModel model = ScriptedModel.of(script)) {
            return new Evaluation(model, Clock.SYSTEM, SmallTask.SCORER, runner)
                    .run(plan, where, RunLimits.NONE, Map.of(), progress, new Cancellation());
        }
    }

    /// Programs are right if their seed is even, and fail otherwise.
    private static Script script() {
        return (request, index) -> {
            String question = request.prompt().messages().getLast().text();
            if (!question.contains(ScriptedModel.PROGRAM_HINT)) {
                return SmallTask.script().reply(request, index);
            }
            int number = Integer.parseInt(question.replaceAll("(?s)\\D*(\\d+) \\+.*", "$1"));
            return Reply.of(request.options().seed() % 2 == 0 ? "is " + (number + 2) : "def oops");
        };
    }

    @Test
    void a_sample_keeps_all_its_chains_with_their_kind_answer_and_score() {
        RunLog log = run(bank(SmallTask.of(3), 5, 3), folder, script());

        assertThat(log.setup().options()).containsEntry("bank", "5,3");
        assertThat(log.setup().options().get("program")).contains(ScriptedModel.PROGRAM_HINT);
        assertThat(log.setup().agents()).isEqualTo(8);
        assertThat(log.setup().way()).isEqualTo("bank");
        for (SampleResult result : log.results()) {
            long seed = SampleSeeds.of(7, result.id(), 1);
            assertThat(result.stop()).isEmpty();
            assertThat(result.agents()).hasSize(8);
            for (AgentResult agent : result.agents()) {
                AgentResult.Banked banked = agent.banked().orElseThrow();
                boolean program = agent.index() >= Roster.FIRST_PROGRAM;
                assertThat(agent.seed()).isEqualTo(Seeds.ofAgent(seed, agent.index()));
                assertThat(banked.kind())
                        .isEqualTo(program ? Approach.Kind.PROGRAM : Approach.Kind.WORDS);
                assertThat(agent.confidence()).isBetween(0.49, 0.51);
                assertThat(agent.usage().generated()).isPositive();
                if (program) {
                    boolean works = agent.seed() % 2 == 0;
                    assertThat(agent.votes()).isEqualTo(works);
                    assertThat(banked.score().value()).isEqualTo(works ? 1 : 0);
                    assertThat(banked.note()).isEqualTo(works ? "" : "SyntaxError");
                } else {
                    assertThat(banked.score()).isEqualTo(scored(log, result.id(), banked.text()));
                }
            }
        }
        assertThat(RunFolder.read(folder)).isEqualTo(log);
    }

    private static Score scored(RunLog log, String id, String text) {
        return log.samples().stream()
                .filter(sample -> sample.id().equals(id))
                .map(sample -> SmallTask.SCORER.score(sample, text))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_bank_that_was_killed_at_any_point_comes_to_the_same_end() throws IOException {
        Plan plan = bank(SmallTask.of(8), 3, 2);
        Path whole = folder.resolve("whole");
        RunLog undisturbed = run(plan, whole, script());
        byte[] results = Files.readAllBytes(whole.resolve("results.jsonl"));
        Random random = new Random(5);
        for (int kill = 0; kill < 5; kill++) {
            Path killed = Files.createDirectory(folder.resolve("killed-" + kill));
            Files.copy(whole.resolve("run.json"), killed.resolve("run.json"));
            int written = random.nextInt(results.length);
            Files.write(killed.resolve("results.jsonl"), Arrays.copyOf(results, written));
            int finished = RunFolder.read(killed).results().size();
            List<String> asked = new ArrayList<>();

            RunLog resumed =
                    run(plan, killed, script(), RUNNER, (result, _) -> asked.add(result.id()));

            assertThat(timeless(resumed)).isEqualTo(timeless(undisturbed));
            assertThat(asked).hasSize(8 - finished);
        }
    }

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
                                result.agents(),
                                result.shared(),
                                Instant.EPOCH,
                                Duration.ZERO))
                .sorted(comparing(SampleResult::id))
                .toList();
    }

    @Test
    void a_bank_of_another_shape_is_another_run() {
        run(bank(SmallTask.of(1), 2, 0), folder, script());

        refused(
                Fault.Code.INVALID,
                "options was",
                () -> run(bank(SmallTask.of(1), 3, 0), folder, script()));
    }

    @Test
    void programs_without_a_sandbox_are_refused_before_anything_is_asked() {
        AtomicInteger asked = new AtomicInteger();
        Script counting =
                (request, index) -> {
                    asked.incrementAndGet();
                    return script().reply(request, index);
                };
        try (BranchingModel model = ScriptedModel.of(counting)) {
            Evaluation evaluation = new Evaluation(model, Clock.SYSTEM, SmallTask.SCORER);

            refused(
                    Fault.Code.UNAVAILABLE,
                    "no sandbox",
                    () ->
                            evaluation.run(
                                    bank(SmallTask.of(1), 2, 2),
                                    folder.resolve("run"),
                                    RunLimits.NONE,
                                    Map.of(),
                                    (_, _) -> {},
                                    new Cancellation()));
        }
        assertThat(asked).hasValue(0);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void programs_are_refused_for_answers_that_are_not_short() {
        Task task = SmallTask.of(1);
        Task code = new Task("code", "Code", "code", task.samples(), task.source(), "prompts");

        refused(Fault.Code.INVALID, "not short", () -> bank(code, 2, 2));
        assertThat(bank(code, 2, 0).way()).isEqualTo("bank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,0", "65,0", "0,65", "-1,2", "8", "8,8,8", "a,b", "", "8;8"})
    void shapes_that_are_not_possible_are_refused(String shape) {
        refused(Fault.Code.INVALID, "choose|write", () -> Manner.Bank.parse(shape));
    }

    @Test
    void a_shape_is_read_as_people_write_it() {
        assertThat(Manner.Bank.parse(" 8, 4")).isEqualTo(new Manner.Bank(8, 4));
        assertThat(Manner.Bank.parse("64,0")).isEqualTo(new Manner.Bank(64, 0));
    }

    @Test
    void results_that_were_written_before_there_were_banks_are_read() throws IOException {
        RunLog log = run(SmallTask.plan(SmallTask.of(3), Mode.CONTEMPLATING), folder, script());
        Path results = folder.resolve("results.jsonl");
        String now = Files.readString(results);
        String before = now.replace(",\"banked\":null", "");
        assertThat(before).isNotEqualTo(now);
        Files.writeString(results, before);

        assertThat(RunFolder.read(folder)).isEqualTo(log);
    }

    @Test
    void one_agent_is_forced_to_spend_what_the_contemplating_run_spent() {
        Task task = SmallTask.of(4);
        RunLog contemplating =
                run(
                        SmallTask.plan(task, Mode.CONTEMPLATING),
                        folder.resolve("contemplating"),
                        script());
        Budgets budgets = Budgets.of(contemplating);
        Script thinking =
                (request, _) ->
                        Reply.of(
                                request.prompt().beginning().endsWith("Answer:")
                                        ? " it is 2"
                                        : "word ".repeat(1000));

        RunLog forced =
                run(Plan.forced(task, 7, 1, 0, budgets), folder.resolve("forced"), thinking);

        assertThat(forced.setup().way()).isEqualTo("forced");
        assertThat(forced.setup().options()).containsEntry("forced", contemplating.id());
        assertThat(forced.results()).hasSize(4);
        for (SampleResult result : forced.results()) {
            long budget = budgets.of(result.id(), 1);
            // All but what is kept for the answer and was not needed.
            assertThat(result.usage().generated()).isBetween(budget - 28, budget);
            assertThat(result.answer()).isPresent();
            assertThat(result.partial()).isFalse();
        }
        assertThat(forced.results().getFirst().value()).isEqualTo(1);
        assertThat(forced.results().getLast().value()).isZero();
        assertThat(
                        run(
                                Plan.forced(task, 7, 1, 0, budgets),
                                folder.resolve("forced"),
                                (_, _) -> {
                                    throw new IllegalStateException("asked again");
                                }))
                .isEqualTo(forced);
    }

    @Test
    void budgets_of_something_else_are_refused() {
        Task task = SmallTask.of(2);
        RunLog thinking =
                run(SmallTask.plan(task, Mode.THINKING), folder.resolve("thinking"), script());
        RunLog bank = run(bank(task, 2, 0), folder.resolve("bank"), script());
        RunLog whole =
                run(SmallTask.plan(task, Mode.CONTEMPLATING), folder.resolve("whole"), script());
        RunLog half =
                new RunLog(
                        whole.id(),
                        whole.setup(),
                        whole.samples(),
                        whole.results().subList(0, 1),
                        RunLog.Status.CANCELLED,
                        "",
                        whole.started(),
                        whole.machine());

        refused(Fault.Code.INVALID, "thinking", () -> Budgets.of(thinking));
        refused(Fault.Code.INVALID, "one of bank", () -> Budgets.of(bank));
        refused(Fault.Code.INVALID, "1 of 2", () -> Budgets.of(half));
        Budgets budgets = Budgets.of(whole);
        refused(
                Fault.Code.INVALID,
                "data",
                () -> Plan.forced(SmallTask.of(2, "changed"), 7, 1, 0, budgets));
        refused(
                Fault.Code.INVALID,
                "no sample sum-2",
                () -> Plan.forced(SmallTask.of(3), 7, 1, 0, budgets));
        refused(
                Fault.Code.INVALID,
                "in epoch 2",
                () -> Plan.forced(SmallTask.of(2), 7, 2, 0, budgets));
        refused(Fault.Code.INVALID, "model", () -> runOfAnotherModel(task, budgets));
    }

    private void runOfAnotherModel(Task task, Budgets budgets) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        ModelInfo other =
                new ModelInfo(
                        "another",
                        usual.digest(),
                        usual.contextTokens(),
                        usual.capabilities(),
                        usual.profile());
        try (BranchingModel model = ScriptedModel.of(script(), other)) {
            new Evaluation(model, Clock.SYSTEM, SmallTask.SCORER)
                    .run(
                            Plan.forced(task, 7, 1, 0, budgets),
                            folder.resolve("other"),
                            RunLimits.NONE,
                            Map.of(),
                            (_, _) -> {},
                            new Cancellation());
        }
    }

    private static void refused(Fault.Code code, String words, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
                .hasMessageMatching("(?s).*(" + words + ").*");
    }
}
