package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Fault;
import dev.polymnia.remote.RemoteOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class BackendOptionsTest {
    private static final Map<String, String> USUAL =
            Map.of("POLYMNIA_BACKEND", "https://host.example", "POLYMNIA_KEY", "usual-key");

    private static final String THERE =
            """
            backend = "https://there.example"
            backend-key-file = "key"
            model = "big"
            """;

    @TempDir private Path folder;

    @Command(name = "test")
    private static final class Host {
        @Mixin private BackendOptions backend = new BackendOptions();
    }

    private static List<RemoteOptions> remote(Map<String, String> environment, String... words) {
        return options(words).remote(environment);
    }

    private static BackendOptions options(String... words) {
        Host host = new Host();
        CommandLine line = new CommandLine(host);
        line.setExpandAtFiles(false);
        line.parseArgs(words);
        return host.backend;
    }

    @ParameterizedTest
    @CsvSource({
        "http://host.example, smollm2-135m, INVALID, models.more",
        "none, no-such-model, NOT_FOUND, no-such-model",
        "none, no/such/file.gguf, NOT_FOUND, no/such/file.gguf",
    })
    void more_models_have_to_be_here(String backend, String name, Fault.Code code, String words) {
        assertThatThrownBy(() ->
                        options("--backend", backend)
                                .check(Set.of(name), FakeConsole.of("").console()))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
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
        RemoteOptions options = remote(USUAL, "--model", "big").getFirst();

        assertThat(options.base()).isEqualTo(URI.create("https://host.example/v1"));
        assertThat(options.key()).isEqualTo("usual-key");
        assertThat(options.model()).isEqualTo("big");
    }

    @Test
    void the_key_of_the_usual_endpoint_is_not_sent_to_another() {
        assertThat(remote(USUAL, "--backend", "http://localhost:8080").getFirst().key()).isNull();
        assertThat(remote(USUAL, "--backend", "https://host.example/v1/").getFirst().key())
                .isEqualTo("usual-key");
        assertThat(
                        remote(Map.of("POLYMNIA_KEY", "key"), "--backend", "http://localhost:8080")
                                .getFirst()
                                .key())
                .isEqualTo("key");
    }

    @Test
    void a_key_is_read_from_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "file-key\n");

        assertThat(remote(USUAL, "--key", "@" + file).getFirst().key()).isEqualTo("file-key");
        assertThat(remote(USUAL, "--key", "own-key").getFirst().key()).isEqualTo("own-key");
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

    /// Returns the endpoint of a configuration, where the backend's key is "file-key".
    private List<RemoteOptions> configured(
            Map<String, String> environment, String toml, String... words) throws IOException {
        Files.writeString(folder.resolve("key"), "file-key");
        Path file = Files.writeString(folder.resolve("polymnia.toml"), toml);
        Host host = new Host();
        new CommandLine(host).parseArgs(words);
        host.backend.takeFrom(Configuration.read(file, environment), environment);
        return host.backend.remote(environment);
    }

    @Test
    void a_configuration_says_what_was_not_given() throws IOException {
        RemoteOptions there = configured(Map.of(), THERE).getFirst();
        assertThat(there.base()).isEqualTo(URI.create("https://there.example/v1"));
        assertThat(there.key()).isEqualTo("file-key");
        assertThat(there.model()).isEqualTo("big");
        assertThat(configured(Map.of("POLYMNIA_KEY", "key"), THERE).getFirst().key())
                .isEqualTo("key");
        assertThat(configured(Map.of(), THERE, "--backend", "none", "--model", "small")).isEmpty();
        assertThat(configured(Map.of(), "backend = \"none\"\nbackend-key-file = \"key\"\n"))
                .isEmpty();
    }

    @Test
    void the_key_of_a_configuration_is_not_sent_to_another_endpoint() throws IOException {
        assertThat(
                        configured(Map.of("POLYMNIA_BACKEND", "https://host.example"), THERE)
                                .getFirst()
                                .key())
                .isNull();
        assertThat(
                        configured(Map.of(), THERE, "--backend", "https://other.example")
                                .getFirst()
                                .key())
                .isNull();
        assertThatThrownBy(() -> configured(Map.of(), "backend-key-file = \"key\"\n"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("backend-key-file");
    }

    private static List<String> bases(List<RemoteOptions> all) {
        return all.stream().map(each -> each.base().toString()).toList();
    }

    @Test
    void several_endpoints_are_named_one_by_one() throws IOException {
        assertThat(bases(remote(USUAL, "--backend", "http://a", "--backend", "http://b")))
                .containsExactly("http://a/v1", "http://b/v1");
        assertThat(bases(remote(Map.of("POLYMNIA_BACKEND", "http://a, http://b"))))
                .containsExactly("http://a/v1", "http://b/v1");
        assertThat(bases(configured(Map.of(), "backend = [\"http://a\", \"http://b\"]\n")))
                .containsExactly("http://a/v1", "http://b/v1");
        assertThatThrownBy(() -> remote(Map.of(), "--backend", "http://a", "--backend", "none"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'none'");
    }

    @Test
    void the_usual_key_goes_only_to_the_usual_ones_of_several() {
        Map<String, String> environment =
                Map.of("POLYMNIA_BACKEND", "http://a,http://b", "POLYMNIA_KEY", "usual-key");

        List<RemoteOptions> all =
                remote(environment, "--backend", "http://b", "--backend", "http://c");

        assertThat(all.getFirst().key()).isEqualTo("usual-key");
        assertThat(all.getLast().key()).isNull();
        assertThat(remote(environment)).allMatch(each -> "usual-key".equals(each.key()));
        assertThat(remote(Map.of(), "--key", "k", "--backend", "http://a", "--backend", "http://b"))
                .allMatch(each -> "k".equals(each.key()));
    }

    @Test
    void calls_at_once_are_limited_as_the_options_say_then_the_configuration() throws IOException {
        String file = "backend = \"http://a\"\nlimits.backend-calls = 4\n";

        assertThat(remote(Map.of(), "--backend", "http://a").getFirst().calls())
                .isEqualTo(RemoteOptions.USUAL_CALLS);
        assertThat(configured(Map.of(), "backend = \"http://a\"\n").getFirst().calls())
                .isEqualTo(RemoteOptions.USUAL_CALLS);
        assertThat(configured(Map.of(), file).getFirst().calls()).isEqualTo(4);
        assertThat(configured(Map.of(), file, "--backend-calls", "2").getFirst().calls())
                .isEqualTo(2);
        assertThatThrownBy(() -> remote(USUAL, "--backend-calls", "0"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("--backend-calls is 0");
    }
}
