package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.Attempts.Begun;
import dev.polymnia.server.Attempts.Purpose;
import dev.polymnia.server.openid.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a browser remembers of an attempt to sign in elsewhere.
final class AttemptsTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
    private final Attempts attempts = new Attempts(new Cookies(false), now::get);

    @Test
    void what_is_remembered_is_all_that_was_begun() {
        for (Purpose purpose :
                List.of(
                        new Purpose.SignIn(),
                        new Purpose.Join("digest", "Zoë"),
                        new Purpose.Join("digest", ""),
                        new Purpose.Link("person-1", "session-1"))) {
            Begun begun = new Begun(Attempt.random(), purpose);
            String cookie = attempts.write(begun);

            assertThat(attempts.read(cookie)).contains(begun);
            // What a cookie may have, and a browser keeps.
            assertThat(cookie).matches("[A-Za-z0-9_.-]+").hasSizeLessThan(2000);
        }
    }

    @Test
    void an_attempt_ends_after_ten_minutes() {
        String cookie = attempts.write(new Begun(Attempt.random(), new Purpose.SignIn()));
        Instant begun = now.get();

        now.set(begun.plus(Duration.ofSeconds(599)));
        assertThat(attempts.read(cookie)).isPresent();
        now.set(begun.plus(Duration.ofMinutes(10)));
        assertThat(attempts.read(cookie)).isEmpty();
    }

    @Test
    void what_another_server_sealed_is_nothing() {
        String cookie = attempts.write(new Begun(Attempt.random(), new Purpose.SignIn()));

        assertThat(new Attempts(new Cookies(false), now::get).read(cookie)).isEmpty();
        assertThat(attempts.read(cookie.substring(0, cookie.indexOf('.')))).isEmpty();
        assertThat(attempts.read(cookie.substring(cookie.indexOf('.')))).isEmpty();
    }

    @Test
    void no_two_attempts_have_a_word_in_common() {
        Attempt one = Attempt.random();
        Attempt other = Attempt.random();

        assertThat(List.of(one.state(), one.nonce(), one.verifier()))
                .doesNotContain(other.state(), other.nonce(), other.verifier())
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[A-Za-z0-9_-]{43}"));
        assertThat(one.toString()).doesNotContain(one.state(), one.nonce(), one.verifier());
    }
}
