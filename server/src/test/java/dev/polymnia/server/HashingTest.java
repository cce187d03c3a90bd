package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How much of the machine is left to others.
final class HashingTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private String look(Hashing hashing, long takes) {
        return hashing.run(() -> {
            nanos.addAndGet(takes);
            return "looked";
        });
    }

    @Test
    void a_place_rests_three_times_as_long_as_it_was_taken() {
        Hashing hashing = new Hashing(1, nanos::get, Duration.ZERO);

        assertThat(look(hashing, 100)).isEqualTo("looked");
        nanos.addAndGet(299);
        assertThatThrownBy(() -> look(hashing, 100))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("Too many sign in");
        nanos.addAndGet(1);
        assertThat(look(hashing, 1)).isEqualTo("looked");
        nanos.addAndGet(3);
        assertThat(look(hashing, 1)).isEqualTo("looked");
    }

    @Test
    void no_place_rests_longer_than_a_second() {
        Hashing hashing = new Hashing(1, nanos::get, Duration.ZERO);

        look(hashing, Duration.ofSeconds(10).toNanos());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(look(hashing, 1)).isEqualTo("looked");
    }

    @Test
    void a_place_is_not_lost_when_a_look_fails() {
        Hashing hashing = new Hashing(1, nanos::get, Duration.ZERO);

        assertThatThrownBy(() ->
                        hashing.run(() -> {
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");

        assertThat(look(hashing, 1)).isEqualTo("looked");
    }

    @Test
    void there_is_one_place_for_each_who_is_let_in_at_once() {
        Hashing hashing = new Hashing(2, nanos::get, Duration.ZERO);

        assertThat(hashing.run(() -> look(hashing, 0))).isEqualTo("looked");
        assertThatThrownBy(() -> hashing.run(() -> hashing.run(() -> look(hashing, 0))))
                .isInstanceOf(ApiError.class);
    }
}
