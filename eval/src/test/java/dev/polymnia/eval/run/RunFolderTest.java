package dev.polymnia.eval.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.eval.AgentResult;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir private Path folder;

    private RunFolder open(Task task) {
        return RunFolder.open(
                folder,
                SmallTask.plan(task, Mode.THINKING).setup(ScriptedModel.defaultInfo(), false),
                task.samples(),
                "run-1",
                NOW,
                Map.of("cores", "2"));
    }

    private static SampleResult result(String id) {
        AgentResult agent =
                new AgentResult(
                        0,
                        1,
                        -5,
                        "hm \u2028 \"quoted\"",
                        "Antwort: ä\n",
                        Optional.of("ä"),
                        true,
                        Double.NaN,
                        StopReason.LENGTH,
                        new Usage(1, 2, 3),
                        Optional.empty());
        return new SampleResult(
                id,
                2,
                "text",
                Optional.of("31"),
                true,
                Optional.of(new Score(0.5, "31", "half", Map.of("loose", 1.0))),
                Optional.empty(),
                Optional.of("4 of 8 agree"),
                List.of(agent),
                new Usage(4, 5, 0),
                NOW,
                Duration.ofMillis(1234));
    }

    @Test
    void what_is_kept_is_read_again() {
        SampleResult failed =
                new SampleResult(
                        "sum-1",
                        1,
                        "",
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.of(new SampleResult.Failure("CONTEXT_FULL", "too long")),
                        Optional.empty(),
                        List.of(),
                        Usage.NONE,
                        NOW,
                        Duration.ZERO);
        try (RunFolder open = open(SmallTask.of(2))) {
            open.add(result("sum-0"));
            open.add(failed);
            assertThat(RunFolder.read(folder).status()).isEqualTo(RunLog.Status.STARTED);
            open.end(RunLog.Status.SUCCESS, "");
        }

        RunLog log = RunFolder.read(folder);

        assertThat(log.id()).isEqualTo("run-1");
        assertThat(log.started()).isEqualTo(NOW);
        assertThat(log.machine()).containsEntry("cores", "2");
        assertThat(log.status()).isEqualTo(RunLog.Status.SUCCESS);
        assertThat(log.results()).containsExactly(result("sum-0"), failed);
    }

    @Test
    void every_kind_of_target_is_kept() {
        List<Target> targets =
                List.of(
                        new Target.Answers(List.of("a", "b")),
                        new Target.Choice(List.of("x", "y"), 1),
                        new Target.Tests(
                                "def f():", "f", "import math", List.of("s"), List.of("h")),
                        new Target.Instructions(
                                List.of(
                                        new Target.Instruction(
                                                "keywords:existence",
                                                Map.of("keywords", List.of("k"), "n", 3L)))));
        List<Sample> samples =
                targets.stream()
                        .map(target ->
                                new Sample(
                                        target.getClass().getSimpleName(),
                                        SmallTask.of(1).samples().getFirst().messages(),
                                        "q",
                                        target,
                                        Map.of("a", "b")))
                        .toList();
        Task task = SmallTask.of(1);
        Task all =
                new Task(
                        task.name(),
                        task.title(),
                        task.scorer(),
                        samples,
                        task.source(),
                        task.promptDigest());

        open(all).close();

        assertThat(RunFolder.read(folder).samples()).isEqualTo(samples);
    }

    @Test
    void another_run_is_refused_with_what_differs() {
        open(SmallTask.of(2)).close();

        assertThatThrownBy(() -> open(SmallTask.of(2, "changed")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
                            assertThat(fault)
                                    .hasMessageContaining(
                                            "dataDigest was \"data\" and is \"changed\"")
                                    .hasMessageContaining(folder.toString());
                        });
    }

    @Test
    void two_cannot_work_on_one_run() {
        Task task = SmallTask.of(1);
        try (RunFolder _ = open(task)) {
            assertThatThrownBy(() -> open(task))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault -> assertThat(fault.code()).isEqualTo(Fault.Code.OVERLOADED));
        }
        open(task).close();
    }

    @Test
    void half_a_line_is_cut_off_and_a_damaged_line_is_told() throws IOException {
        Task task = SmallTask.of(2);
        try (RunFolder open = open(task)) {
            open.add(result("sum-0"));
        }
        Path results = folder.resolve("results.jsonl");
        byte[] half = "{\"id\":\"sum-1\",\"text\":\"ä".getBytes(StandardCharsets.UTF_8);
        Files.write(results, Arrays.copyOf(half, half.length - 1), StandardOpenOption.APPEND);
        assertThat(RunFolder.read(folder).results()).hasSize(1);
        try (RunFolder open = open(task)) {
            open.add(result("sum-1"));
        }
        assertThat(RunFolder.read(folder).results())
                .extracting(SampleResult::id)
                .containsExactly("sum-0", "sum-1");

        Files.writeString(results, "{broken}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> RunFolder.read(folder))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT));
    }

    @Test
    void a_folder_of_another_layout_is_told_and_kept() throws IOException {
        open(SmallTask.of(1)).close();
        Path head = folder.resolve("run.json");
        String other = Files.readString(head).replace("\"version\":1", "\"version\":9");
        Files.writeString(head, other);

        assertThatThrownBy(() -> open(SmallTask.of(1)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
                            assertThat(fault).hasMessageContaining("layout 9");
                        });
        assertThat(head).hasContent(other);
    }

    @Test
    void questions_that_were_left_out_are_put_back_when_the_run_goes_on() throws IOException {
        Task task = SmallTask.of(2);
        try (RunFolder open = open(task)) {
            open.add(result("sum-0"));
        }
        RunLog whole = RunFolder.read(folder);
        Path head = folder.resolve("run.json");
        String published =
                Files.readString(head).replaceFirst("\"samples\":\\[.*", "\"samples\":[]}");
        Files.writeString(head, published);

        assertThatThrownBy(() -> RunFolder.read(folder))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
                            assertThat(fault)
                                    .hasMessageContaining("without its questions")
                                    .hasMessageContaining(folder.toString());
                        });
        assertThatThrownBy(() -> open(SmallTask.of(2, "changed"))).isInstanceOf(Fault.class);
        assertThat(head).hasContent(published);
        RunFolder.open(
                        folder,
                        SmallTask.plan(task, Mode.THINKING)
                                .setup(ScriptedModel.defaultInfo(), false),
                        task.samples(),
                        "run-2",
                        NOW.plusSeconds(1),
                        Map.of("cores", "9"))
                .close();

        assertThat(RunFolder.read(folder)).isEqualTo(whole);
    }

    @Test
    void runs_are_found_below_a_folder() {
        assertThatThrownBy(() -> RunFolder.find(folder))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND));
        open(SmallTask.of(1)).close();

        assertThat(RunFolder.find(folder)).containsExactly(folder);
    }
}
