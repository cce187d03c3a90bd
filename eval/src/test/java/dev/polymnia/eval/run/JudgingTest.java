package dev.polymnia.eval.run;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.eval.Judgement;
import dev.polymnia.eval.Judgement.Verdict;
import dev.polymnia.eval.Judgements;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JudgingTest {
    private static final String DIGEST = "c".repeat(64);
    private static final Pattern SUM = Pattern.compile("the sum of (\\d+) and");

    @TempDir private Path folder;

    /// Judges by the number in the reasoning, so that nothing depends on the order.
    private static Script byNumber() {
        return (request, _) -> {
            String prompt = request.prompt().messages().getLast().text();
            // An agent that was stopped early may not have come to it.
            Matcher sum = SUM.matcher(prompt);
            int number = sum.find() ? Integer.parseInt(sum.group(1)) : 2;
            return Reply.of(
                    switch (number % 3) {
                        case 0 -> "{\"quote\": \"the sum\", \"verdict\": \"yes\"}";
                        case 1 -> "{\"quote\": \"\", \"verdict\": \"no\"}";
                        default -> "I cannot tell.";
                    });
        };
    }

    private static RunLog evaluate(Path where, Plan plan) {
        try (BranchingModel model = ScriptedModel.of(SmallTask.script())) {
            return new Evaluation(model, Clock.SYSTEM, SmallTask.SCORER)
                    .run(plan, where, RunLimits.NONE, Map.of(), (_, _) -> {}, new Cancellation());
        }
    }

    private static RunLog evaluate(Path where, int samples) {
        return evaluate(where, SmallTask.plan(SmallTask.of(samples), Mode.THINKING));
    }

    private static ModelInfo info(String digest) {
        ModelInfo usual = ScriptedModel.defaultInfo();
        return new ModelInfo(
                "judge", digest, usual.contextTokens(), usual.capabilities(), usual.profile());
    }

    private static JudgeStanding judge(Path where, Script script) {
        return judge(where, script, 1, _ -> {}, new Cancellation());
    }

    private static JudgeStanding judge(
            Path where,
            Script script,
            int concurrency,
            Consumer<JudgeStanding> progress,
            Cancellation cancellation) {
        try (BranchingModel model = ScriptedModel.of(script, info(DIGEST))) {
            return new Judging(model, Clock.SYSTEM).run(where, concurrency, progress, cancellation);
        }
    }

    private static Judgements read(Path where) {
        return Judging.read(where, RunFolder.read(where)).orElseThrow();
    }

    private static List<Judgement> sorted(Path where) {
        return read(where).all().stream()
                .sorted(
                        comparing(Judgement::id)
                                .thenComparingInt(Judgement::epoch)
                                .thenComparingInt(Judgement::agent))
                .toList();
    }

    @Test
    void every_agent_of_every_sample_is_judged_and_kept() {
        RunLog run = evaluate(folder, SmallTask.plan(SmallTask.of(6), Mode.CONTEMPLATING));
        int agents = run.results().stream().mapToInt(result -> result.agents().size()).sum();

        JudgeStanding standing = judge(folder, byNumber());

        assertThat(agents).isGreaterThan(6);
        assertThat(standing.isWhole()).isTrue();
        assertThat(standing.done()).isEqualTo(standing.now()).isEqualTo(agents);
        Judgements judgements = read(folder);
        assertThat(judgements.judge().model()).isEqualTo("judge");
        assertThat(judgements.judge().digest()).isEqualTo(DIGEST);
        assertThat(judgements.all()).hasSize(agents);
        Set<String> whole = wholeTexts(run);
        assertThat(whole).hasSizeGreaterThan(6);
        for (Judgement each : judgements.all()) {
            Verdict[] verdicts = {Verdict.YES, Verdict.NO, Verdict.NONE};
            int number = Integer.parseInt(each.id().replace("sum-", ""));
            if (whole.contains(each.id() + " " + each.agent())) {
                assertThat(each.verdict()).isEqualTo(verdicts[number % 3]);
                assertThat(each.usage().generated()).isPositive();
            }
        }
        assertThat(judgements.all().stream().filter(each -> each.verdict() == Verdict.NONE))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.words()).contains("I cannot tell."));
        assertThat(standing.none())
                .isEqualTo(count(judgements, Verdict.NONE))
                .isNotEqualTo(standing.done());
        assertThat(standing.yes()).isEqualTo(count(judgements, Verdict.YES)).isPositive();
    }

    /// Returns which agents said all that they had to say: a vote that is settled stops the others.
    private static Set<String> wholeTexts(RunLog run) {
        return run.results().stream()
                .flatMap(result ->
                        result.agents().stream()
                                .filter(agent -> agent.reason() != StopReason.CANCELLED)
                                .map(agent -> result.id() + " " + agent.index()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int count(Judgements judgements, Verdict verdict) {
        return Math.toIntExact(
                judgements.all().stream().filter(each -> each.verdict() == verdict).count());
    }

    @Test
    void what_is_judged_is_not_judged_again() {
        evaluate(folder, 5);
        judge(folder, byNumber());
        List<Judgement> before = read(folder).all();
        List<JudgeStanding> told = new ArrayList<>();

        JudgeStanding again = judge(folder, byNumber(), 1, told::add, new Cancellation());

        assertThat(again.now()).isZero();
        assertThat(again.done()).isEqualTo(5);
        assertThat(told).isEmpty();
        assertThat(read(folder).all()).isEqualTo(before);
    }

    @Test
    void a_judge_that_was_killed_at_any_point_comes_to_the_same_end() throws IOException {
        Path whole = folder.resolve("whole");
        evaluate(whole, 12);
        judge(whole, byNumber());
        byte[] judged = Files.readAllBytes(whole.resolve("judge.jsonl"));
        int head = new String(judged, StandardCharsets.UTF_8).indexOf('\n') + 1;
        Random random = new Random(13);
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, head - 1, head, judged.length - 1));
        for (int i = 0; i < 15; i++) {
            lengths.add(random.nextInt(judged.length));
        }
        for (int kill = 0; kill < lengths.size(); kill++) {
            Path killed = Files.createDirectory(folder.resolve("killed-" + kill));
            Files.copy(whole.resolve("run.json"), killed.resolve("run.json"));
            Files.copy(whole.resolve("results.jsonl"), killed.resolve("results.jsonl"));
            Files.write(killed.resolve("judge.jsonl"), Arrays.copyOf(judged, lengths.get(kill)));
            int known =
                    Judging.read(killed, RunFolder.read(killed))
                            .map(judgements -> judgements.all().size())
                            .orElse(0);
            List<JudgeStanding> told = new ArrayList<>();

            JudgeStanding resumed = judge(killed, byNumber(), 1, told::add, new Cancellation());

            assertThat(resumed.isWhole()).isTrue();
            assertThat(told).hasSize(12 - known);
            assertThat(sorted(killed)).isEqualTo(sorted(whole));
            assertThat(read(killed).judge()).isEqualTo(read(whole).judge());
        }
    }

    @Test
    void a_cancelled_judge_keeps_what_is_judged_and_goes_on() {
        evaluate(folder, 10);
        Cancellation cancellation = new Cancellation();

        JudgeStanding stopped =
                judge(
                        folder,
                        byNumber(),
                        1,
                        standing -> {
                            if (standing.done() == 4) {
                                cancellation.request();
                            }
                        },
                        cancellation);

        assertThat(stopped.isWhole()).isFalse();
        assertThat(stopped.done()).isEqualTo(4);
        assertThat(read(folder).all()).hasSize(4);
        assertThat(judge(folder, byNumber()).now()).isEqualTo(6);
        assertThat(read(folder).all()).hasSize(10);
    }

    @Test
    void several_at_once_come_to_the_same() {
        Path alone = folder.resolve("alone");
        Path together = folder.resolve("together");
        evaluate(alone, 20);
        evaluate(together, 20);
        judge(alone, byNumber());

        judge(together, byNumber(), 5, _ -> {}, new Cancellation());

        assertThat(sorted(together)).isEqualTo(sorted(alone));
    }

    @Test
    void a_run_that_went_on_is_judged_where_it_was_not() throws IOException {
        evaluate(folder, 6);
        Path results = folder.resolve("results.jsonl");
        List<String> lines = Files.readAllLines(results);
        Files.writeString(results, String.join("\n", lines.subList(0, 2)) + "\n");
        assertThat(judge(folder, byNumber()).total()).isEqualTo(2);
        Files.writeString(results, String.join("\n", lines) + "\n");

        JudgeStanding standing = judge(folder, byNumber());

        assertThat(standing.now()).isEqualTo(4);
        assertThat(standing.total()).isEqualTo(6);
    }

    @Test
    void an_empty_run_is_judged_without_a_question() throws IOException {
        evaluate(folder, 3);
        Files.delete(folder.resolve("results.jsonl"));

        JudgeStanding standing =
                judge(
                        folder,
                        (_, _) -> {
                            throw new Fault(Fault.Code.INTERNAL, "nobody is to be asked");
                        });

        assertThat(standing.isWhole()).isTrue();
        assertThat(standing.total()).isZero();
        assertThat(standing.left()).isZero();
        assertThat(read(folder).all()).isEmpty();
    }

    @Test
    void a_sample_that_failed_has_nothing_to_judge() {
        try (BranchingModel model =
                ScriptedModel.of((request, index) -> {
                    Reply reply = SmallTask.script().reply(request, index);
                    return index == 1 ? reply.failingAfter(0) : reply;
                })) {
            new Evaluation(model, Clock.SYSTEM, SmallTask.SCORER)
                    .run(
                            SmallTask.plan(SmallTask.of(3), Mode.THINKING),
                            folder,
                            RunLimits.NONE,
                            Map.of(),
                            (_, _) -> {},
                            new Cancellation());
        }
        SampleResult failed = RunFolder.read(folder).results().get(1);
        assertThat(failed.failure()).isPresent();

        judge(folder, byNumber());

        assertThat(read(folder).all().stream().filter(each -> each.id().equals(failed.id())))
                .hasSize(1)
                .allSatisfy(each -> {
                    assertThat(each.verdict()).isEqualTo(Verdict.NO);
                    assertThat(each.windows()).isZero();
                });
    }

    @Test
    void another_judge_is_refused_with_what_differs() throws IOException {
        evaluate(folder, 3);
        judge(folder, byNumber());
        byte[] before = Files.readAllBytes(folder.resolve("judge.jsonl"));
        try (BranchingModel model = ScriptedModel.of(byNumber(), info("d".repeat(64)))) {
            Judging other = new Judging(model, Clock.SYSTEM);

            assertThatThrownBy(() -> other.requireSame(folder))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                    .hasMessageContaining(
                            "the digest of its weights was \"%s\" and is \"%s\"",
                            DIGEST, "d".repeat(64))
                    .hasMessageContaining("judge.jsonl");
            assertThatThrownBy(() -> other.run(folder, 1, _ -> {}, new Cancellation()))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("another judge's");
        }
        assertThat(folder.resolve("judge.jsonl")).hasBinaryContent(before);
    }

    @Test
    void another_prompt_is_refused() throws IOException {
        evaluate(folder, 3);
        judge(folder, byNumber());
        String prompt = read(folder).judge().prompt();
        replace(prompt, "0".repeat(64));

        assertThatThrownBy(() -> judge(folder, byNumber()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the digest of its prompt was \"0000")
                .hasMessageContaining(prompt);
    }

    @Test
    void verdicts_of_another_run_another_layout_or_damaged_ones_are_refused() throws IOException {
        RunLog run = evaluate(folder, 3);
        judge(folder, byNumber());
        String whole = Files.readString(folder.resolve("judge.jsonl"));

        replace(run.id(), "yesterday");
        refuses(Fault.Code.INVALID, "yesterday");
        Files.writeString(folder.resolve("judge.jsonl"), whole);
        replace("\"version\":1", "\"version\":9");
        refuses(Fault.Code.INVALID, "layout 9");
        Files.writeString(folder.resolve("judge.jsonl"), whole + "{broken}\n");
        refuses(Fault.Code.CORRUPT, "judge.jsonl");
        Files.writeString(folder.resolve("judge.jsonl"), "\n" + whole);
        refuses(Fault.Code.CORRUPT, "judge.jsonl");
    }

    private void replace(String old, String text) throws IOException {
        Path file = folder.resolve("judge.jsonl");
        String before = Files.readString(file);
        assertThat(before).contains(old);
        Files.writeString(file, before.replace(old, text));
    }

    private void refuses(Fault.Code code, String words) {
        assertThatThrownBy(() -> Judging.read(folder, RunFolder.read(folder)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void a_run_that_nobody_judged_has_no_verdicts() {
        RunLog run = evaluate(folder, 2);

        assertThat(Judging.read(folder, run)).isEmpty();
    }

    @Test
    void nobody_judges_what_is_being_worked_on_or_is_not_there() {
        evaluate(folder, 2);
        try (FolderLock _ = FolderLock.take(folder)) {
            assertThatThrownBy(() -> judge(folder, byNumber()))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.OVERLOADED));
        }
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> judge(nowhere, byNumber()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND));
        assertThat(nowhere).doesNotExist();
        assertThatThrownBy(() -> judge(folder, byNumber(), 0, _ -> {}, new Cancellation()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("0 samples at once");
    }

    @Test
    void what_says_that_nothing_can_be_judged_ends_it_and_loses_nothing() {
        evaluate(folder, 6);
        Script failing =
                (request, index) -> {
                    if (index == 3) {
                        throw new Fault(Fault.Code.UNAVAILABLE, "The server is gone.");
                    }
                    return byNumber().reply(request, index);
                };

        assertThatThrownBy(() -> judge(folder, failing))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("server is gone");

        assertThat(read(folder).all()).hasSize(3);
        assertThat(judge(folder, byNumber()).now()).isEqualTo(3);
    }
}
