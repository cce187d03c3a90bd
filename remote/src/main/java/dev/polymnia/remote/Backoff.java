package dev.polymnia.remote;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long is waited before a call is tried again: as long as the endpoint says, else by chance
/// between half a second and three times the wait before, so that those who failed together do not
/// come back together. ("Decorrelated jitter": Brooker, "Exponential Backoff And Jitter", AWS
/// Architecture Blog, 2015.) Confined to one thread, for one call.
final class Backoff {
    static final Duration LEAST = Duration.ofMillis(500);
    static final Duration MOST = Duration.ofSeconds(8);

    private final RandomGenerator random;
    private Duration last = LEAST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// Returns the next wait.
    ///
    /// @param told what the endpoint says; more than [#MOST] counts as that
    Duration next(Optional<Duration> told) {
        return told.map(wait -> wait.compareTo(MOST) < 0 ? wait : MOST).orElseGet(this::drawn);
    }

    private Duration drawn() {
        long drawn = random.nextLong(LEAST.toMillis(), 3 * last.toMillis() + 1);
        last = Duration.ofMillis(Math.min(drawn, MOST.toMillis()));
        return last;
    }
}
