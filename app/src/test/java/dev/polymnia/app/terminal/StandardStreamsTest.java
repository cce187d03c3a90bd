package dev.polymnia.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardStreamsTest {
    @TempDir private Path folder;

    @Test
    void what_the_launcher_says_of_the_terminals_is_believed() {
        Properties system = new Properties();
        system.setProperty("polymnia.console", "out,120");

        assertThat(StandardStreams.description(system, folder)).isEqualTo("out,120");
        system.setProperty("polymnia.console", "");
        assertThat(StandardStreams.description(system, folder)).isEmpty();
    }

    @Test
    void without_a_launcher_each_stream_is_looked_at() throws Exception {
        Files.createSymbolicLink(folder.resolve("0"), Path.of("/dev/pts/3"));
        Files.createSymbolicLink(folder.resolve("1"), Path.of("pipe:[4711]"));
        Files.createSymbolicLink(folder.resolve("2"), Path.of("/dev/tty1"));

        assertThat(StandardStreams.description(new Properties(), folder)).startsWith("in,err,");
    }

    @Test
    void closed_streams_and_files_are_no_terminals() throws Exception {
        Files.createSymbolicLink(folder.resolve("1"), Path.of("/dev/null"));

        assertThat(StandardStreams.description(new Properties(), folder)).isEmpty();
    }
}
