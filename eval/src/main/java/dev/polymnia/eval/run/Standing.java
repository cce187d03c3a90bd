package dev.polymnia.eval.run;

import dev.polymnia.eval.stats.Interval;
import java.time.Duration;

/// How far a run is.
///
/// @param done finished samples, those of earlier sittings included
/// @param total all samples
/// @param failed how many of the finished ones have no answer
/// @param accuracy the mean score of the finished ones, 0 to 1
/// @param interval its 95 % interval
/// @param now samples that were finished in this sitting
/// @param elapsed since this sitting began
/// @param tokens that were generated in this sitting
public record Standing(
        int done,
        int total,
        int failed,
        double accuracy,
        Interval interval,
        int now,
        Duration elapsed,
        long tokens) {
    /// Returns the samples finished in a minute; 0 before the first one.
    public double perMinute() {
        double minutes = elapsed.toNanos() / 60e9;
        return minutes > 0 ? now / minutes : 0;
    }

    /// Returns how long the rest takes at the rate so far; zero if there is none to tell it by.
    public Duration left() {
        return left(now, total - done, elapsed);
    }

    /// Returns how long work takes at the rate so far.
    ///
    /// @param now what was done in the time that has elapsed
    /// @param open what is to be done
    static Duration left(int now, int open, Duration elapsed) {
        return now == 0 ? Duration.ZERO : elapsed.multipliedBy(open).dividedBy(now);
    }
}
