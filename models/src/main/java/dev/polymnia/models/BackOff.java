package dev.polymnia.models;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before something is tried again: twice as long each time, less a random part,
/// so that many who failed together do not come back together ("full jitter", Brooker, AWS
/// Architecture Blog 2015, with a floor of one half).
///
/// @param first the longest first wait
/// @param longest no wait is longer, unless the other side asks for it
/// @param random draws the part
record BackOff(Duration first, Duration longest, RandomGenerator random) {
    static BackOff standard() {
        return new BackOff(
                Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault());
    }

    /// Returns the wait before the next try.
    ///
    /// @param failures how many there were in a row, 1 or more
    /// @param least what the other side asks for
    Duration before(int failures, Duration least) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures, 30) - 1.0);
        double most = Math.min(doubled, (double) longest.toMillis());
        Duration wait = Duration.ofMillis((long) (most * (0.5 + random.nextDouble() / 2)));
        return wait.compareTo(least) > 0 ? wait : least;
    }
}
