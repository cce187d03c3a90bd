package dev.polymnia.bench.peers;

import java.util.Collection;

/// Medians. Not instantiated.
final class Medians {
    private Medians() {}

    /// Returns the median; the mean of the middle two of an even number, NaN of none.
    static double of(Collection<? extends Number> values) {
        double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
