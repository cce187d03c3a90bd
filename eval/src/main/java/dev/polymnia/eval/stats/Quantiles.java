package dev.polymnia.eval.stats;

import java.util.Collection;
import java.util.OptionalDouble;

/// Quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan 1996,
/// "Sample quantiles in statistical packages", which is also what R and NumPy do unasked.
public final class Quantiles {
    private Quantiles() {}

    /// Returns the median.
    ///
    /// @param values in any order
    /// @return it, or empty without values
    public static OptionalDouble median(Collection<Double> values) {
        return of(values, 0.5);
    }

    /// Returns the value below which 95 % of the values lie.
    ///
    /// @param values in any order
    /// @return it, or empty without values
    public static OptionalDouble p95(Collection<Double> values) {
        return of(values, 0.95);
    }

    /// Returns a quantile.
    ///
    /// @param values in any order
    /// @param share which one, 0 (the least value) to 1 (the greatest)
    /// @return it, or empty without values
    public static OptionalDouble of(Collection<Double> values, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a quantile of " + share);
        }
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(ofSorted(sorted, share));
    }

    /// Returns a quantile of values in ascending order.
    ///
    /// @param sorted at least one value
    static double ofSorted(double[] sorted, double share) {
        double place = (sorted.length - 1) * share;
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
