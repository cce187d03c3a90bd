package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.Headers;
import com.openai.errors.UnexpectedStatusCodeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long is waited before a second try, and which failures get one.
final class BackoffTest {
    private static UnexpectedStatusCodeException refused(int status, String header, String value) {
        return UnexpectedStatusCodeException.builder()
                .statusCode(status)
                .headers(Headers.builder().put(header, value).build())
                .build();
    }

    @Test
    void waits_are_drawn_between_half_a_second_and_thrice_the_one_before() {
        Backoff backoff = new Backoff(new Random(7));
        long last = 500;
        for (int i = 0; i < 1000; i++) {
            long wait = backoff.next(Optional.empty()).toMillis();

            assertThat(wait).isBetween(500L, Math.min(8000, 3 * last));
            last = wait;
        }
    }

    @Test
    void those_who_failed_together_come_back_apart() {
        assertThat(
                        Stream.iterate(0, seed -> seed + 1)
                                .limit(20)
                                .map(seed -> new Backoff(new Random(seed)).next(Optional.empty()))
                                .distinct())
                .hasSizeGreaterThan(15);
    }

    @Test
    void what_the_endpoint_says_is_kept_to_up_to_eight_seconds() {
        Backoff backoff = new Backoff(new Random(7));

        assertThat(backoff.next(Optional.of(Duration.ZERO))).isZero();
        assertThat(backoff.next(Optional.of(Duration.ofSeconds(3)))).hasSeconds(3);
        assertThat(backoff.next(Optional.of(Duration.ofDays(1)))).hasSeconds(8);
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 2, 2000",
        "Retry-After, 0.5, 500",
        "Retry-After, -3, 0",
        "Retry-After-Ms, 40, 40",
        "'Retry-After', 'Thu, 1 Jan 1970 00:00:00 GMT', 0"
    })
    void an_endpoint_says_it_in_several_ways(String header, String value, long millis) {
        assertThat(Failure.after(refused(503, header, value))).hasValue(Duration.ofMillis(millis));
    }

    @Test
    void a_date_is_a_wait_and_nonsense_is_none() {
        String later =
                OffsetDateTime.now(ZoneOffset.UTC)
                        .plusDays(1)
                        .format(DateTimeFormatter.RFC_1123_DATE_TIME);

        assertThat(Failure.after(refused(503, "Retry-After", later)))
                .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofHours(23)));
        assertThat(Failure.after(refused(503, "Retry-After", "soon"))).isEmpty();
        assertThat(Failure.after(new IllegalStateException())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "503, X-Other, 1, true",
        "429, X-Other, 1, true",
        "400, X-Other, 1, false",
        "503, X-Should-Retry, false, false",
        "400, X-Should-Retry, true, true"
    })
    void an_endpoint_may_say_whether_to_come_back(
            int status, String header, String value, boolean passes) {
        assertThat(Failure.passes(refused(status, header, value), true)).isEqualTo(passes);
    }
}
