package dev.polymnia.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:4318, http://localhost:4318/v1/traces",
        "http://localhost:4318/, http://localhost:4318/v1/traces",
        "http://localhost:4318?a=%20b, http://localhost:4318/v1/traces?a=%20b",
        "https://collector.example/otlp, https://collector.example/otlp",
        "http://[::1]:4318/v1/traces, http://[::1]:4318/v1/traces"
    })
    void an_endpoint_without_a_path_gets_the_usual_one(String said, String meant) {
        assertThat(TraceOptions.of(said, List.of(), 100).endpoint()).hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4318",
                "grpc://localhost:4317",
                "http:///v1/traces",
                "http://a b/",
                "http://me:secret@localhost:4318",
                "http://localhost:4318/#secret",
                "collector",
            })
    void what_is_no_address_is_refused(String said) {
        assertThatThrownBy(() -> TraceOptions.of(said, List.of(), 100))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID))
                .hasMessageContaining("endpoint for traces")
                .hasMessageNotContaining("secret");
    }

    @Test
    void headers_are_read_and_never_shown() {
        TraceOptions options =
                TraceOptions.of(
                        "http://localhost:4318?key=secret",
                        List.of(
                                "# of the house",
                                "",
                                " Authorization : Bearer secret:1 ",
                                "x-team: a"),
                        5);

        assertThat(options.headers())
                .containsOnlyKeys("Authorization", "x-team")
                .containsEntry("Authorization", "Bearer secret:1");
        assertThat(options.toString()).contains("Authorization", "5").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                ": secret",
                "a b: secret",
                "x-team:",
                "x-team: secrét",
                "Content-Type: secret",
                "Host: secret",
                "x-other: secret"
            })
    void a_header_that_cannot_be_sent_is_refused(String line) {
        assertThatThrownBy(() ->
                        TraceOptions.of("http://localhost", List.of("X-Other: first", line), 100))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("header")
                .hasMessageNotContaining("secr");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void a_share_that_is_not_possible_is_refused(int percent) {
        assertThatThrownBy(() -> TraceOptions.of("http://localhost", List.of(), percent))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("percent");
    }

    @Test
    void a_delay_that_is_not_possible_is_refused() {
        TraceOptions options = TraceOptions.of("http://localhost", List.of(), 100);

        assertThat(options.delay()).isEqualTo(TraceOptions.USUAL_DELAY);
        assertThat(options.withDelay(Duration.ofMillis(1)).delay()).isEqualTo(Duration.ofMillis(1));
        assertThatThrownBy(() -> options.withDelay(Duration.ZERO))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("PT0S");
    }

    @Test
    void two_parents_are_none() {
        assertThat(TraceParent.of(List.of("a", "b"), List.of())).isEqualTo(TraceParent.NONE);
        assertThat(TraceParent.of(List.of("a"), List.of("b", "c")))
                .isEqualTo(new TraceParent("a", "b,c"));
        assertThat(TraceParent.of(List.of(), List.of("b"))).isEqualTo(TraceParent.NONE);
    }
}
