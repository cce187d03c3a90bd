package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {
    @TempDir private Path folder;

    @Test
    void keys_come_from_the_option_a_file_or_the_environment() throws Exception {
        Path file = folder.resolve("keys.txt");
        Files.writeString(file, "# of the family\nfirst-key\n\n  second-key\n");
        Map<String, String> environment = Map.of(ServeCommand.API_KEY, "third-key");

        assertThat(ServeCommand.keys("a-key", environment)).containsExactly("a-key");
        assertThat(ServeCommand.keys("@" + file, environment))
                .containsExactlyInAnyOrder("first-key", "second-key");
        assertThat(ServeCommand.keys(null, environment)).containsExactly("third-key");
        assertThat(ServeCommand.keys(null, Map.of())).isEmpty();
        assertThatThrownBy(() -> ServeCommand.keys("@" + folder.resolve("none"), environment))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("none");
    }

    @Test
    void runs_are_kept_in_the_folder_or_the_database_that_is_named() {
        Path place = folder.resolve("data");
        ServeCommand.store(place, null, Map.of()).close();
        assertThat(place.resolve("runs.db")).exists();

        Map<String, String> environment = Map.of(ServeCommand.DATABASE, "jdbc:postgresql:runs");
        assertThatThrownBy(() -> ServeCommand.store(place, null, environment))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("--data-dir");
        assertThatThrownBy(() -> ServeCommand.store(null, "mysql://secret", Map.of()))
                .isInstanceOf(Fault.class)
                .hasMessageNotContaining("secret");
    }
}
