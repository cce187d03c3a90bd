package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.app.chat.DataFolder;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.model.ModelProfile.ClassSettings;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.run.Budget;
import dev.polymnia.eval.calibrate.Calibration.Found;
import dev.polymnia.eval.task.Source;
import dev.polymnia.models.ProfileFile;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What calibration found, on its way into the runs that come after it. That it is found is the
/// matter of `Calibration`.
final class CalibrateCommandTest {
    private static final ModelInfo MODEL = ScriptedModel.defaultInfo();
    private static final Source SUMS = new Source("sums/train.jsonl", "ab12", "MIT", "somebody");
    private static final Source CODE = new Source("code/train.jsonl", "cd34", "MIT", "somebody");
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 28);
    private static final LocalDate SECOND = LocalDate.of(2026, 11, 29);

    @TempDir private Path folder;

    private DataFolder data() {
        return new DataFolder(folder);
    }

    private static Found found(TaskClass question, String instruction, double share) {
        Approach words = Approach.words("Take care.", new Sampling(0.7, 0, 0.95, 0, 1), 64);
        TeamProfile team =
                new TeamProfile(
                        instruction, List.of(words.withWeight(1.25, 4)), TeamProfile.Stop.NONE);
        return new Found(
                question,
                new ClassSettings(words, team),
                150,
                new TreeMap<>(Map.of("accuracy_8", share)));
    }

    @Test
    void what_was_found_is_written_with_its_date_its_data_and_its_figures() {
        Found found = found(TaskClass.ANSWER, "Reckon.", 0.625);

        Path file = CalibrateCommand.keep(data(), MODEL, SUMS, found, FIRST);

        assertThat(file).isEqualTo(data().profile("scripted")).startsWith(folder);
        assertThat(ProfileFile.read(file))
                .isEqualTo(
                        new ProfileFile(
                                "scripted",
                                MODEL.digest(),
                                Map.of(
                                        TaskClass.ANSWER,
                                        new ProfileFile.Calibrated(
                                                found.settings(),
                                                FIRST,
                                                "sums/train.jsonl",
                                                "ab12",
                                                150,
                                                found.figures()))));
    }

    @Test
    void what_was_found_before_stays_but_for_the_same_class() {
        CalibrateCommand.keep(data(), MODEL, SUMS, found(TaskClass.ANSWER, "Reckon.", 0.5), FIRST);
        CalibrateCommand.keep(data(), MODEL, CODE, found(TaskClass.CODE, "Program.", 0.3), FIRST);

        Path file =
                CalibrateCommand.keep(
                        data(), MODEL, SUMS, found(TaskClass.ANSWER, "Reckon well.", 0.6), SECOND);

        Map<TaskClass, ProfileFile.Calibrated> classes = ProfileFile.read(file).classes();
        assertThat(classes).containsOnlyKeys(TaskClass.ANSWER, TaskClass.CODE);
        assertThat(classes)
                .extractingByKey(TaskClass.CODE)
                .extracting(
                        ProfileFile.Calibrated::date,
                        ProfileFile.Calibrated::dataDigest,
                        ProfileFile.Calibrated::figures)
                .containsExactly(FIRST, "cd34", Map.of("accuracy_8", 0.3));
        assertThat(classes)
                .extractingByKey(TaskClass.ANSWER)
                .extracting(
                        ProfileFile.Calibrated::date,
                        ProfileFile.Calibrated::dataDigest,
                        ProfileFile.Calibrated::figures)
                .containsExactly(SECOND, "ab12", Map.of("accuracy_8", 0.6));
    }

    @Test
    void the_next_run_asks_as_it_was_found() {
        CalibrateCommand.keep(
                data(), MODEL, SUMS, found(TaskClass.ANSWER, "Reckon.", 0.625), FIRST);

        assertThat(asked(Optional.empty())).isNotEmpty().containsOnly("Reckon.|Take care.");
    }

    @Test
    void a_profile_that_is_given_goes_before_it() {
        CalibrateCommand.keep(
                data(), MODEL, SUMS, found(TaskClass.ANSWER, "Reckon.", 0.625), FIRST);
        Path other =
                CalibrateCommand.keep(
                        new DataFolder(folder.resolve("other")),
                        MODEL,
                        SUMS,
                        found(TaskClass.ANSWER, "Guess.", 0.1),
                        FIRST);

        assertThat(asked(Optional.of(ProfileFile.read(other)))).containsOnly("Guess.|Take care.");
    }

    @Test
    void without_either_the_model_is_asked_as_ever() {
        assertThat(asked(Optional.empty()))
                .containsOnly("Reason, then write Answer: and the result.|");
    }

    @Test
    void a_profile_that_was_spoilt_is_said_to_be() throws IOException {
        Path file = data().profile("scripted");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "model = ");

        assertThatThrownBy(() -> asked(Optional.empty()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(file.toString());
    }

    /// Returns what the agents of a run are told, before and behind the question.
    private List<String> asked(Optional<ProfileFile> given) {
        String question = "How many muffins are left?";
        List<String> asked = new CopyOnWriteArrayList<>();
        ScriptedModel plain =
                ScriptedModel.of((request, _) -> {
                    List<Message> messages = request.prompt().messages();
                    String hint = messages.getLast().text().replace(question, "").strip();
                    asked.add(messages.getFirst().text() + "|" + hint);
                    return Reply.of("Answer: 31");
                });
        try (BranchingModel model = BackendOptions.profiled(data(), plain, given)) {
            new Assistant(model, Clock.SYSTEM)
                    .answer(
                            new RunRequest(
                                    "run",
                                    List.of(Message.user(question)),
                                    Mode.CONTEMPLATING,
                                    Budget.UNLIMITED,
                                    7,
                                    2,
                                    new Cancellation()),
                            _ -> {});
        }
        return asked;
    }
}
