package dev.polymnia.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.terminal.FakeConsole;
import dev.polymnia.core.Fault;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.trace.TraceOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

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

    private Configuration configuration(String toml) throws IOException {
        return Configuration.read(
                Files.writeString(folder.resolve("polymnia.toml"), toml), Map.of());
    }

    private static ServerOptions options(Configuration configuration, String... words) {
        return command(words).options(configuration, Map.of());
    }

    private static Store store(Configuration configuration, String... words) {
        StoreOptions options = CommandLine.populateCommand(new StoreOptions(), words);
        return options.open(configuration);
    }

    private static ServeCommand command(String... words) {
        ServeCommand command = new ServeCommand(FakeConsole.of("").console());
        CommandLine line = new CommandLine(command);
        line.setExpandAtFiles(false);
        line.parseArgs(words);
        return command;
    }

    @Test
    void the_command_line_goes_before_the_configuration() throws Exception {
        Files.writeString(folder.resolve("keys.txt"), "a-key-that-nobody-guesses");
        Configuration said =
                configuration(
                        "port = 1\napi-key-file = \"keys.txt\"\nlimits.runs = 2\ncors.origins ="
                                + " [\"https://a.example\"]\n");

        ServerOptions options = options(said, "--host", "localhost");

        assertThat(options.host()).isEqualTo("localhost");
        assertThat(options.port()).isEqualTo(1);
        assertThat(options.keys()).containsExactly("a-key-that-nobody-guesses");
        assertThat(options.limits().runs()).isEqualTo(2);
        assertThat(options.origins()).containsExactly("https://a.example");
        assertThat(options(said, "--port", "0", "--api-key", "another-key-nobody-guesses"))
                .isEqualTo(
                        new ServerOptions("127.0.0.1", 0, Set.of("another-key-nobody-guesses"))
                                .withLimits(options.limits())
                                .withOrigins(options.origins()));
    }

    @Test
    void what_is_usual_is_the_same_in_code_and_table() throws Exception {
        assertThat(options(configuration("")))
                .isEqualTo(
                        new ServerOptions(
                                ServerOptions.USUAL_HOST, ServerOptions.USUAL_PORT, Set.of()));
    }

    @Test
    void a_provider_of_openid_connect_is_set_up() throws Exception {
        Files.writeString(folder.resolve("secret.txt"), "of the client\n");
        String toml =
                """
                public-url = "https://chat.example.com"
                [openid]
                issuer = "https://accounts.example.com"
                client-id = "polymnia"
                client-secret-file = "secret.txt"
                """;

        assertThat(options(configuration(toml)).openId())
                .isEqualTo(
                        new OpenIdOptions(
                                "https://accounts.example.com",
                                "polymnia",
                                "of the client",
                                OpenIdOptions.USUAL_NAME,
                                null));
        assertThat(options(configuration(toml)).publicUrl()).isEqualTo("https://chat.example.com");
        ServerOptions other =
                command()
                        .options(
                                configuration(toml + "admits = \"guest\"\nname-claim = \"email\""),
                                Map.of(OpenIdSettings.CLIENT_SECRET, "another"));
        assertThat(other.openId())
                .isEqualTo(
                        new OpenIdOptions(
                                "https://accounts.example.com",
                                "polymnia",
                                "another",
                                "email",
                                Role.GUEST));
        assertThat(other.toString()).doesNotContain("another");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[openid]\\nissuer = \"https://a.example\"|openid.client-id",
                "[openid]\\nclient-id = \"polymnia\"|openid.issuer",
                "[openid]\\nissuer = \"http://a.example\"\\nclient-id ="
                        + " \"polymnia\"|http://a.example",
                "[openid]\\nissuer = \"https://a.example?x\"\\nclient-id ="
                        + " \"polymnia\"|https://a.example?x",
                "public-url = \"chat.example.com\"|chat.example.com",
                "public-url = \"https://chat.example.com/\"|without a path",
                "[openid]\\nissuer = \"https://a.example\"\\nclient-id ="
                        + " \"polymnia\"\\nclient-secret-file = \"none\"|none",
            })
    void what_is_wrong_with_openid_connect_is_said(String toml, String named) throws Exception {
        Configuration wrong = configuration(toml.replace("\\n", "\n"));

        assertThatThrownBy(() -> options(wrong))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(named);
    }

    @Test
    void where_browsers_come_back_to_has_to_be_known() throws Exception {
        Configuration network =
                configuration(
                        """
                        host = "0.0.0.0"
                        [openid]
                        issuer = "https://a.example"
                        client-id = "p"
                        """);

        assertThatThrownBy(() -> options(network, "--api-key", "a-long-key-of-the-operator"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("public-url");
    }

    @Test
    void tls_needs_both_files() throws Exception {
        Configuration half = configuration("tls.key = \"server.key\"");

        assertThatThrownBy(() -> options(half))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("tls.certificate");
    }

    @Test
    void a_file_of_keys_without_a_key_is_a_mistake() throws Exception {
        Files.writeString(folder.resolve("keys.txt"), "# none yet\n");
        Configuration said = configuration("api-key-file = \"keys.txt\"");

        assertThatThrownBy(() -> options(said))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("no key");
    }

    @Test
    void a_check_says_what_is_right_and_what_is_not() throws Exception {
        Path right =
                Files.writeString(
                        folder.resolve("right.toml"),
                        "backend = \"http://localhost:9\"\nport = 1234\n");
        Path wrong = Files.writeString(folder.resolve("wrong.toml"), "backand = \"x\"\n");
        FakeConsole terminal = FakeConsole.of("");

        assertThat(check(terminal, right)).isZero();
        assertThat(terminal.out()).contains("right", "1234");
        assertThat(check(terminal, wrong)).isEqualTo(2);
        assertThat(terminal.err()).contains("'backand'", "'backend'");
    }

    private static int check(FakeConsole terminal, Path file) {
        return Main.run(terminal.console(), false, "serve", "--check", "--config", file.toString());
    }

    @Test
    void runs_are_kept_in_the_folder_or_the_database_that_is_named() throws Exception {
        Configuration said = configuration("data-dir = \"data\"");
        store(said).close();
        assertThat(folder.resolve("data/runs.db")).exists();
        store(said, "--data-dir", folder.resolve("other").toString()).close();
        assertThat(folder.resolve("other/runs.db")).exists();

        assertThatThrownBy(() -> store(said, "--database", "jdbc:postgresql:runs"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("data-dir");
        Configuration wrong = configuration("database = \"mysql://secret\"");
        assertThatThrownBy(() -> store(wrong))
                .isInstanceOf(Fault.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void days_begin_in_the_zone_that_is_named() throws Exception {
        String data = "data-dir = \"data\"\n";
        try (Store named = store(configuration(data + "people.zone = \"Asia/Kolkata\""))) {
            assertThat(named.spendings().zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        }
        try (Store usual = store(configuration(data))) {
            assertThat(usual.spendings().zone()).isEqualTo(ZoneId.systemDefault());
        }
        for (String wrong : List.of("Europe/Berlni", "+05:37", "5")) {
            assertThatThrownBy(() -> configuration("people.zone = \"%s\"".formatted(wrong)))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("people.zone is " + wrong)
                    .hasMessageContaining("Europe/Berlin");
        }
    }

    @Test
    void traces_go_where_the_configuration_says() throws Exception {
        Files.writeString(folder.resolve("headers.txt"), "# of the house\nx-key: a-secret\n");
        Configuration said =
                configuration(
                        """
                        [traces]
                        endpoint = "http://localhost:4318"
                        headers-file = "headers.txt"
                        percent = 10
                        """);

        assertThat(options(said).traces())
                .isEqualTo(
                        new TraceOptions(
                                URI.create("http://localhost:4318/v1/traces"),
                                Map.of("x-key", "a-secret"),
                                10,
                                TraceOptions.USUAL_DELAY));
        assertThat(options(said).toString()).doesNotContain("a-secret");
        assertThat(options(configuration("traces.percent = 10")).traces()).isNull();
    }

    @Test
    void a_check_looks_at_where_traces_go() throws Exception {
        String backend = "backend = \"http://localhost:9\"\n[traces]\nendpoint = ";
        Path scheme =
                Files.writeString(folder.resolve("scheme.toml"), backend + "\"localhost:4318\"\n");
        Path file =
                Files.writeString(
                        folder.resolve("file.toml"),
                        backend + "\"http://localhost:4318\"\nheaders-file = \"none.txt\"\n");
        FakeConsole terminal = FakeConsole.of("");

        assertThat(check(terminal, scheme)).isEqualTo(2);
        assertThat(terminal.err()).contains("endpoint for traces");
        assertThat(check(terminal, file)).isNotZero();
        assertThat(terminal.err()).contains("none.txt");
    }
}
