package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.TaskClass;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.ModelProfile;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileFileTest {
    private static final Sampling WARM = new Sampling(0.7, 20, 0.95, 0.05, 1.1);

    @TempDir private Path folder;

    private static ProfileFile file() {
        Approach words = Approach.words("Think.\n\"Step\" by 'step'.\n", WARM, 512);
        Approach program =
                Approach.programs("```python\ndef solution():\n    return \\n\n```", WARM, 300)
                        .withSeats(2)
                        .withExemplars(
                                List.of(
                                        new Approach.Exemplar("2 + 2?", "```python\n4\n```"),
                                        new Approach.Exemplar("\"Half\" of 8?", "return 4\n")))
                        .withWeight(1.25, 4);
        ModelProfile.ClassSettings settings =
                new ModelProfile.ClassSettings(
                        words,
                        new TeamProfile(
                                "You are careful.",
                                List.of(words, program),
                                TeamProfile.Stop.STRAGGLER));
        return new ProfileFile("small", "ab12", Map.of())
                .with(
                        TaskClass.ANSWER,
                        new ProfileFile.Calibrated(
                                settings,
                                LocalDate.of(2026, 11, 28),
                                "gsm8k/train.jsonl",
                                "cd34",
                                150,
                                new TreeMap<>(Map.of("accuracy_8", 0.625, "tokens_8", 1024.5))));
    }

    @Test
    void a_file_that_was_written_is_read_as_it_was() {
        Path path = folder.resolve("profiles").resolve("small.toml");

        file().write(path);
        assertThat(ProfileFile.read(path)).isEqualTo(file());
        // A second time, in its place.
        file().write(path);

        assertThat(ProfileFile.read(path)).isEqualTo(file());
        assertThat(folder.resolve("profiles").toFile().list()).containsExactly("small.toml");
    }

    @Test
    void its_classes_stand_in_place_of_the_profiles_own() {
        ModelProfile usual = Catalogue.builtIn().defaultEntry().profile();

        ModelProfile calibrated = file().over(usual);

        assertThat(calibrated.team(TaskClass.ANSWER).instruction()).isEqualTo("You are careful.");
        assertThat(calibrated.alone(Mode.THINKING, TaskClass.ANSWER).approach().hint())
                .startsWith("Think.");
        assertThat(calibrated.team(TaskClass.TEXT)).isEqualTo(usual.team(TaskClass.TEXT));
        assertThat(calibrated.modes()).isEqualTo(usual.modes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    class.answer.team.stop = 'auto'|class.answer.team.stop = 'never'|NEVER
                    class.answer|class.riddles|riddles
                    date = '2026-11-28'|date = 'yesterday'|yesterday
                    questions = 150||(line 6)
                    beta = 4.0|beta = -1.0|beta = -1.0
                    model =|model|Mend it
                    """)
    void a_file_that_is_not_as_it_should_be_says_what_and_where(
            String right, String wrong, String told) throws IOException {
        Path path = folder.resolve("small.toml");
        file().write(path);
        String text = Files.readString(path).replace("'straggler'", "'auto'");
        assertThat(text).contains(right);
        Files.writeString(path, text.replace(right, wrong == null ? "" : wrong));

        assertThatThrownBy(() -> ProfileFile.read(path))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(path.toString())
                .hasMessageContaining(told);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> ProfileFile.read(folder.resolve("none.toml")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("none.toml");
    }
}
