package dev.polymnia.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
    @TempDir private Path folder;

    private Path file(String toml) throws IOException {
        return Files.writeString(folder.resolve("polymnia.toml"), toml);
    }

    private Configuration read(String toml) throws IOException {
        return Configuration.read(file(toml), Map.of());
    }

    @Test
    void without_a_file_all_is_as_usual() {
        Configuration usual = Configuration.read(null, Map.of());

        assertThat(usual.text(Setting.HOST)).contains("127.0.0.1");
        assertThat(usual.whole(Setting.PORT)).isEqualTo(8420);
        assertThat(usual.flag(Setting.LOG_REQUESTS)).isFalse();
        assertThat(usual.words(Setting.CORS_ORIGINS)).isEmpty();
        assertThat(usual.file(Setting.TLS_KEY)).isEmpty();
        assertThat(usual.text(Setting.MODEL)).isEmpty();
        assertThat(usual.origin(Setting.PORT)).isEqualTo(Configuration.Origin.USUAL);
    }

    @Test
    void the_example_of_the_reference_is_right() throws Exception {
        Configuration example = read(Reference.example());

        assertThat(example.text(Setting.HOST)).contains("0.0.0.0");
        assertThat(example.whole(Setting.RUNS)).isEqualTo(2);
        assertThat(example.words(Setting.CORS_ORIGINS)).containsExactly("https://chat.example.com");
        assertThat(example.flag(Setting.LOG_REQUESTS)).isTrue();
        assertThat(example.file(Setting.TLS_KEY)).contains(folder.resolve("server.key"));
        assertThat(example.origin(Setting.RUNS)).isEqualTo(Configuration.Origin.FILE);
    }

    @Test
    void the_environment_goes_before_the_file() throws Exception {
        Configuration both =
                Configuration.read(
                        file("port = 1\ntls.key = \"a.key\"\n[limits]\nruns = 2\n"),
                        Map.of(
                                "POLYMNIA_LIMITS_RUNS", "3",
                                "POLYMNIA_TLS_KEY", "b.key",
                                "POLYMNIA_CORS_ORIGINS", "https://a.example, https://b.example",
                                "POLYMNIA_HOST", " "));

        assertThat(both.whole(Setting.PORT)).isEqualTo(1);
        assertThat(both.whole(Setting.RUNS)).isEqualTo(3);
        assertThat(both.file(Setting.TLS_KEY)).contains(Path.of("b.key"));
        assertThat(both.words(Setting.CORS_ORIGINS))
                .containsExactlyInAnyOrder("https://a.example", "https://b.example");
        assertThat(both.text(Setting.HOST)).contains("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot = 1|'prot'|'port'",
                "runs = 1|'runs'|'limits.runs'",
                "limits.run = 1|'limits.run'|'limits.runs'",
                "[limit]\\nbody-bytes = 1|'limit.body-bytes'|'limits.body-bytes'",
                "tls.certficate = \"x\"|'tls.certficate'|'tls.certificate'",
                "api-keys = \"x\"|'api-keys'|'api-key-file'",
            })
    void an_unknown_key_is_named_with_the_nearest(String toml, String key, String nearest) {
        assertThatThrownBy(() -> read(toml.replace("\\n", "\n")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining(key)
                .hasMessageContaining(nearest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 70000|port is 70000|0 to 65535",
                "port = \"1\"|port is|a whole number",
                "host = 1|host is 1|a string",
                "host = \"\"|host is|a string",
                "log.requests = \"yes\"|log.requests is|true or false",
                "log.format = \"xml\"|log.format is xml|text, json",
                "cors.origins = \"https://a.example\"|cors.origins is|an array",
                "cors.origins = [1]|cors.origins is|an array",
                "backend = [1]|backend is|a string or an array",
                "backend = []|backend is|a string or an array",
                "backend = 1|backend is|a string or an array",
                "limits = 3|'limits'|did you mean",
                "[host]|host is|a string",
            })
    void a_wrong_value_is_named_with_what_it_should_be(String toml, String what, String wanted) {
        assertThatThrownBy(() -> read(toml))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("polymnia.toml")
                .hasMessageContaining(what)
                .hasMessageContaining(wanted);
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThatThrownBy(() ->
                        Configuration.read(
                                file("prot = 1\nlog.level = \"loud\"\n"),
                                Map.of("POLYMNIA_LIMITS_RUNS", "many")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("prot")
                .hasMessageContaining("loud")
                .hasMessageContaining("POLYMNIA_LIMITS_RUNS is many");
    }

    @Test
    void a_file_that_is_missing_or_no_toml_is_said() {
        assertThatThrownBy(() -> Configuration.read(folder.resolve("none.toml"), Map.of()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND))
                .hasMessageContaining("none.toml");
        assertThatThrownBy(() -> read("port = 1\nhost = \n"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("line 2");
    }
}
