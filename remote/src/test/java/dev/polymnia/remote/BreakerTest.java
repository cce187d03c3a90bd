package dev.polymnia.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private final Fault refused = new Fault(Fault.Code.UNAVAILABLE, "It takes no calls.");

    private final ManualClock clock = new ManualClock();
    private final Breaker breaker = Breaker.of(clock);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            try (Breaker.Call call = breaker.admit().orElseThrow()) {
                call.failed(refused);
            }
        }
    }

    private void work() {
        try (Breaker.Call call = breaker.admit().orElseThrow()) {
            call.worked();
        }
    }

    @Test
    void it_opens_after_failures_in_a_row_only() {
        fail(2);
        work();
        fail(2);
        assertThat(breaker.standing()).isEmpty();

        fail(1);

        assertThat(breaker.mayBeAsked()).isFalse();
        assertThat(breaker.admit()).isEmpty();
        assertThat(breaker.standing())
                .hasValue(
                        "has failed since 2026-01-01T00:00:00Z and is tried again at"
                                + " 2026-01-01T00:00:15Z: It takes no calls.");
    }

    @Test
    void after_a_rest_one_call_tries_it_and_closes_it() {
        fail(3);
        clock.advance(Duration.ofSeconds(14));
        assertThat(breaker.admit()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        try (Breaker.Call trial = breaker.admit().orElseThrow()) {
            assertThat(breaker.admit()).isEmpty();
            assertThat(breaker.standing()).get().asString().contains("is being tried again now");
            trial.worked();
        }

        assertThat(breaker.standing()).isEmpty();
        fail(2);
        assertThat(breaker.mayBeAsked()).isTrue();
    }

    @Test
    void the_rest_doubles_up_to_four_minutes_while_trials_fail() {
        fail(3);
        for (int seconds : new int[] {15, 30, 60, 120, 240, 240}) {
            clock.advance(Duration.ofSeconds(seconds - 1));
            assertThat(breaker.mayBeAsked()).as("after %d s", seconds - 1).isFalse();
            clock.advance(Duration.ofSeconds(1));
            fail(1);
        }
        assertThat(breaker.standing()).get().asString().contains("since 2026-01-01T00:00:00Z");
    }

    @Test
    void a_trial_that_is_cancelled_lets_the_next_one_try() {
        fail(3);
        clock.advance(Duration.ofSeconds(15));

        breaker.admit().orElseThrow().close();

        assertThat(breaker.admit()).isPresent();
    }

    @Test
    void calls_that_began_before_it_opened_do_not_lengthen_the_rest() {
        Breaker.Call late = breaker.admit().orElseThrow();
        fail(3);
        late.failed(refused);

        clock.advance(Duration.ofSeconds(15));

        assertThat(breaker.mayBeAsked()).isTrue();
    }

    @Test
    void one_that_never_opens_lets_everything_through() {
        Breaker never = Breaker.never();
        for (int i = 0; i < 100; i++) {
            try (Breaker.Call call = never.admit().orElseThrow()) {
                call.failed(refused);
            }
        }

        assertThat(never.mayBeAsked()).isTrue();
    }
}
