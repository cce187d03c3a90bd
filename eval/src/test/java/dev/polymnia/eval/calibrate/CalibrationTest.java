package dev.polymnia.eval.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.Sample;
import dev.polymnia.eval.SumTask;
import dev.polymnia.eval.Target;
import dev.polymnia.eval.calibrate.Calibration.Found;
import dev.polymnia.eval.run.Manner;
import dev.polymnia.eval.run.RunLimits;
import dev.polymnia.eval.task.Task;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CalibrationTest {
    private static final ProgramRunner RUNNER = work -> ProgramRunner.Result.of(work.words());

    @TempDir private Path folder;

    private final List<String> runs = new ArrayList<>();

    private static Task task(int questions) {
        return SumTask.of("sums", questions);
    }

    /// Whoever is told to be careful is right, three of four are who are told to hurry; so are half
    /// of the programs.
    private static Script script() {
        return (request, _) -> {
            String asked = request.prompt().messages().getLast().text();
            int number = SumTask.number(asked);
            long seed = Math.floorMod(request.options().seed(), 4L);
            if (asked.endsWith("program")) {
                return Reply.of(Long.toString(number + 2 + seed / 2));
            }
            boolean right = asked.endsWith("careful") || seed > 0;
            return Reply.of("Well.\nAnswer: " + (number + (right ? 2 : 7 + seed)));
        };
    }

    private static Candidates candidates() {
        return Candidates.read(
                """
                instruction: You are a test.
                words:
                  - name: hurried
                    hint: hurry
                  - name: slow
                    hint: be careful
                    temperature: 0.5
                programs:
                  - name: only
                    hint: write a program
                    max-tokens: 100
                """);
    }

    private Optional<Found> run(RunLimits limits, Task all) {
        return run(folder.resolve("runs"), limits, all);
    }

    private Optional<Found> run(Path where, RunLimits limits, Task all) {
        runs.clear();
        try (ScriptedModel model = ScriptedModel.of(script())) {
            return new Calibration(
                            model,
                            null,
                            RUNNER,
                            new Calibration.Place(
                                    where,
                                    limits,
                                    Map.of(),
                                    run -> {
                                        runs.add(run);
                                        return (_, _) -> {};
                                    }))
                    .run(
                            new Calibration.Trial(
                                    task(12), all, candidates(), 4, new Manner.Bank(8, 8), 8, 1),
                            new Cancellation());
        }
    }

    @Test
    void the_best_candidates_make_the_profile() {
        Found found = run(RunLimits.NONE, task(30)).orElseThrow();

        assertThat(found.question()).isEqualTo(TaskClass.ANSWER);
        assertThat(found.questions()).isEqualTo(30);
        assertThat(found.settings().thinking().hint()).isEqualTo("be careful");
        TeamProfile team = found.settings().team();
        assertThat(team.instruction()).isEqualTo("You are a test.");
        Approach words = team.approaches().getFirst();
        assertThat(words.name()).isEqualTo("slow");
        assertThat(words.sampling().temperature()).isEqualTo(0.5);
        assertThat(found.figures())
                .containsEntry("words-slow-chain", 1.0)
                .containsEntry("thinking-slow", 1.0)
                .containsEntry("vote", 1.0)
                .containsKeys("words-hurried-vote", "program-only-tokens", "vote-steps");
        assertThat(found.figures().get("words-hurried-chain")).isLessThan(1);
        assertThat(runs)
                .containsExactly(
                        "words-hurried",
                        "words-slow",
                        "program-only",
                        "thinking-hurried",
                        "thinking-slow",
                        "bank",
                        "thinking");
    }

    @Test
    void what_was_stopped_goes_on_and_finds_the_same() {
        Found whole = run(RunLimits.NONE, task(30)).orElseThrow();
        Path other = folder.resolve("other");
        RunLimits few = new RunLimits(1, Budget.UNLIMITED.withTokens(8400));
        int sittings = 1;
        Optional<Found> found = run(other, few, task(30));
        while (found.isEmpty()) {
            sittings++;
            found = run(other, few, task(30));
        }

        assertThat(sittings).isGreaterThan(1);
        assertThat(found).contains(whole);
    }

    @Test
    void questions_of_several_classes_are_refused() {
        Sample prose =
                new Sample(
                        "prose",
                        List.of(Message.user("Why is the sky blue?")),
                        "Why is the sky blue?",
                        new Target.Answers(List.of("1")),
                        Map.of());
        Task mixed =
                new Task(
                        "mixed",
                        "Mixed",
                        "number",
                        List.of(SumTask.sample(1), prose),
                        task(1).source(),
                        "prompts");

        assertThatThrownBy(() -> run(RunLimits.NONE, mixed))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("2 classes");
    }

    @Test
    void candidates_come_with_the_program_and_from_files() throws IOException {
        assertThat(Candidates.of(TaskClass.ANSWER).words()).hasSizeGreaterThan(1);
        assertThat(Candidates.of(TaskClass.ANSWER).programs()).isNotEmpty();
        assertThat(Candidates.of(TaskClass.CODE).words())
                .allMatch(candidate -> candidate.kind() == Approach.Kind.CODE);
        assertThatThrownBy(() -> Candidates.of(TaskClass.TOOLS))
                .hasMessageContaining("--candidates");
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "instruction: x\nwords: []\n");
        assertThatThrownBy(() -> Candidates.read(file))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("mine.yaml")
                .hasMessageContaining("no candidate in words");
        Files.writeString(file, "instruction: x\nwords:\n  - name: a\n");
        assertThatThrownBy(() -> Candidates.read(file)).hasMessageContaining("hint");
        Files.writeString(file, "instruction: x\nwords:\n  - {name: a, hint: b, kind: poem}\n");
        assertThatThrownBy(() -> Candidates.read(file)).hasMessageContaining("'poem'");
        assertThatThrownBy(() -> Candidates.read(folder.resolve("none.yaml")))
                .hasMessageContaining("cannot be read");
    }
}
