package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http://localhost:8080/v1",
        "http://localhost:8080/, http://localhost:8080/v1",
        "http://localhost:8080/v1, http://localhost:8080/v1",
        "http://localhost:8080/v1/, http://localhost:8080/v1",
        "HTTPS://host.example/api, https://host.example/api/v1",
        "https://host.example/v1beta/openai, https://host.example/v1beta/openai",
        "http://[::1]:8080, http://[::1]:8080/v1"
    })
    void an_address_may_come_with_or_without_its_version(String url, URI base) {
        assertThat(RemoteOptions.of(url).base()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8080",
                "ftp://host",
                "http://",
                "http:///v1",
                "http://host name",
                "http://host?key=secret",
                "http://host/v1#secret",
                "http://user:secret@host",
                "http://secret@host/v1",
                "http://user:sec ret@host"
            })
    void what_is_no_address_is_refused_and_no_secret_shown(String url) {
        assertThatThrownBy(() -> RemoteOptions.of(url))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
                            assertThat(fault.getMessage())
                                    .contains("address of the endpoint")
                                    .doesNotContain("secret", "sec ret");
                            assertThat(fault.getCause()).isNull();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "se cret", "secret\n", "sécret"})
    void a_key_that_cannot_be_sent_is_refused_and_not_shown(String key) {
        RemoteOptions options = RemoteOptions.of("http://host");

        assertThatThrownBy(() -> options.withKey(key))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("key")
                .hasMessageNotContaining("cret");
    }
}
