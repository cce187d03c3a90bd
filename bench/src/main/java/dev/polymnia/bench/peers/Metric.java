package dev.polymnia.bench.peers;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// One figure of a scenario.
///
/// @param name what is measured, with its unit
/// @param moreIsBetter false if less is
/// @param target what is aimed at
record Metric(String name, boolean moreIsBetter, Target target) {
    /// What is aimed at.
    sealed interface Target {
        /// Ours is at least so many times as good as the peer.
        record Ratio(double least) implements Target {}

        /// Ours is at most so much, whatever the peer does.
        record Ours(double most) implements Target {}

        /// Ours is 0 in every round.
        record Never() implements Target {}

        /// Nothing; it is shown for the reader.
        record None() implements Target {}
    }

    static Metric less(String name, Target target) {
        return new Metric(name, false, target);
    }

    static Metric more(String name, Target target) {
        return new Metric(name, true, target);
    }

    /// Returns how many times as good ours is: peer by ours if less is better, else ours by peer.
    double ratio(double ours, double peer) {
        return moreIsBetter ? ours / peer : peer / ours;
    }

    /// Returns whether one value is better than another.
    boolean isBetter(double one, double other) {
        return moreIsBetter ? one > other : one < other;
    }

    /// Returns what stands for all rounds: the median, or the largest of what must never be.
    double sum(List<Double> values) {
        return switch (target) {
            case Target.Never() -> values.stream().mapToDouble(each -> each).max().orElse(0);
            case Target.Ratio _, Target.Ours _, Target.None _ -> Medians.of(values);
        };
    }

    /// Returns the target in words.
    String aim() {
        return switch (target) {
            case Target.Ratio(double least) -> String.format(Locale.ROOT, "≥ %.2f×", least);
            case Target.Ours(double most) -> String.format(Locale.ROOT, "ours ≤ %.0f", most);
            case Target.Never() -> "never";
            case Target.None() -> "–";
        };
    }

    /// Returns how much is missing to the target, 0 if it is met; empty without one.
    OptionalDouble missing(double ours, double ratio) {
        return switch (target) {
            case Target.Ratio(double least) -> OptionalDouble.of(Math.max(0, least - ratio));
            case Target.Ours(double most) -> OptionalDouble.of(Math.max(0, ours - most));
            case Target.Never() -> OptionalDouble.of(ours);
            case Target.None() -> OptionalDouble.empty();
        };
    }
}
