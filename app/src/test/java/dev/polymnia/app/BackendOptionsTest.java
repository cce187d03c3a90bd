package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.remote.RemoteOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class BackendOptionsTest {
    private static final Map<String, String> USUAL =
            Map.of("POLYMNIA_BACKEND", "https://host.example", "POLYMNIA_KEY", "usual-key");

    @TempDir private Path folder;

    @Command(name = "test")
    private static final class Host {
        @Mixin private BackendOptions backend = new BackendOptions();
    }

    private static Optional<RemoteOptions> remote(
            Map<String, String> environment, String... words) {
        Host host = new Host();
        CommandLine line = new CommandLine(host);
        line.setExpandAtFiles(false);
        line.parseArgs(words);
        return host.backend.remote(environment);
    }

    @Test
    void this_machine_answers_unless_an_endpoint_is_named() {
        assertThat(remote(Map.of())).isEmpty();
        assertThat(remote(Map.of("POLYMNIA_BACKEND", " "))).isEmpty();
        assertThat(remote(USUAL, "--backend", "none")).isEmpty();
        assertThat(remote(Map.of("POLYMNIA_KEY", "key"))).isEmpty();
    }

    @Test
    void the_environment_has_the_defaults() {
        RemoteOptions options = remote(USUAL, "--model", "big").orElseThrow();

        assertThat(options.base()).isEqualTo(URI.create("https://host.example/v1"));
        assertThat(options.key()).isEqualTo("usual-key");
        assertThat(options.model()).isEqualTo("big");
    }

    @Test
    void the_key_of_the_usual_endpoint_is_not_sent_to_another() {
        assertThat(remote(USUAL, "--backend", "http://localhost:8080").orElseThrow().key())
                .isNull();
        assertThat(remote(USUAL, "--backend", "https://host.example/v1/").orElseThrow().key())
                .isEqualTo("usual-key");
        assertThat(
                        remote(Map.of("POLYMNIA_KEY", "key"), "--backend", "http://localhost:8080")
                                .orElseThrow()
                                .key())
                .isEqualTo("key");
    }

    @Test
    void a_key_is_read_from_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "file-key\n");

        assertThat(remote(USUAL, "--key", "@" + file).orElseThrow().key()).isEqualTo("file-key");
        assertThat(remote(USUAL, "--key", "own-key").orElseThrow().key()).isEqualTo("own-key");
        assertThatThrownBy(() -> remote(USUAL, "--key", "@" + folder.resolve("nothing")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND));
    }

    @Test
    void a_key_without_an_endpoint_is_a_mistake() {
        assertThatThrownBy(() -> remote(Map.of(), "--key", "secret"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("--backend")
                .hasMessageNotContaining("secret");
    }
}
