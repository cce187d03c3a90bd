package dev.polymnia.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreferenceTest {
    @Test
    void the_best_is_wanted_if_nothing_is_said() {
        assertThat(Preference.of(Map.of(), new Properties()))
                .isEqualTo(new Preference(Preference.Kind.BEST, Optional.empty()));
    }

    @Test
    void the_environment_chooses() {
        Properties system = new Properties();
        system.setProperty("polymnia.graalpy", "/program/graalpy");

        assertThat(Preference.of(Map.of("POLYMNIA_SANDBOX", "graalpy"), system))
                .isEqualTo(
                        new Preference(
                                Preference.Kind.GRAALPY, Optional.of(Path.of("/program/graalpy"))));
        assertThat(
                        Preference.of(
                                Map.of(
                                        "POLYMNIA_SANDBOX",
                                        "bubblewrap",
                                        "POLYMNIA_GRAALPY",
                                        "/another"),
                                system))
                .isEqualTo(
                        new Preference(
                                Preference.Kind.BUBBLEWRAP, Optional.of(Path.of("/another"))));
    }

    @Test
    void another_word_is_a_fault() {
        assertThatThrownBy(
                        () -> Preference.of(Map.of("POLYMNIA_SANDBOX", "none"), new Properties()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("\"none\"");
    }

    @Test
    void without_graalpy_the_fault_says_how_to_get_it(@TempDir Path folder) throws Exception {
        assertUnavailable(Optional.empty(), "it is not part of this program");
        assertUnavailable(Optional.of(folder), "has no GraalPy");
        assertUnavailable(Optional.of(folder.resolve("missing")), "cannot be read");
        Files.createFile(folder.resolve("python-language-1.2.jar"));
        assertUnavailable(Optional.of(folder), "The child JVM ended before the program began");
    }

    private static void assertUnavailable(Optional<Path> folder, String words) {
        assertThatThrownBy(() -> Sandboxes.open(new Preference(Preference.Kind.GRAALPY, folder)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE))
                .hasMessageContaining("No sandbox works here")
                .hasMessageContaining(words);
    }
}
