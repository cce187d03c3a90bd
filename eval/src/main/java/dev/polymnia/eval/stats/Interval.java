package dev.polymnia.eval.stats;

/// A 95 % interval.
///
/// @param low its lower end
/// @param high its upper end, not below the lower one
public record Interval(double low, double high) {
    /// The 97.5 % quantile of the standard normal distribution.
    private static final double Z = 1.959963984540054;

    /// Checks the ends.
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high);
        }
    }

    /// Returns Wilson's score interval of a share, without continuity correction (Wilson 1927,
    /// "Probable inference, the law of succession, and statistical inference"). For successes that
    /// are not whole, the sum of scores between 0 and 1, it is too wide rather than too narrow, as
    /// no variable on 0 to 1 with the same mean has more variance than one of zeros and ones.
    ///
    /// @param successes 0 to the number of trials
    /// @param trials how many trials there were; without any, the interval is 0 to 1
    public static Interval wilson(double successes, int trials) {
        if (trials == 0) {
            return new Interval(0, 1);
        }
        if (trials < 0 || !(successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException(successes + " successes of " + trials);
        }
        double n = trials;
        double share = successes / n;
        double square = Z * Z;
        double middle = share + square / (2 * n);
        double half = Z * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
        double scale = 1 + square / n;
        // The ends at 0 and at n successes are exact; rounding would put them beside it.
        double low = successes == 0 ? 0 : Math.max(0, (middle - half) / scale);
        double high = successes == trials ? 1 : Math.min(1, (middle + half) / scale);
        return new Interval(low, high);
    }

    /// Returns whether a value lies in it, ends included.
    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
