package dev.polymnia.eval.stats;

import java.util.OptionalDouble;

/// How far two raters agree who each say yes or no about the same things (Cohen 1960, "A
/// coefficient of agreement for nominal scales").
///
/// @param both about how many both say yes, at least 0
/// @param first about how many only the first says yes
/// @param second about how many only the second says yes
/// @param neither about how many both say no
public record Agreement(int both, int first, int second, int neither) {
    /// Checks the counts.
    public Agreement {
        if (both < 0 || first < 0 || second < 0 || neither < 0) {
            throw new IllegalArgumentException(
                    "counts of %d, %d, %d and %d".formatted(both, first, second, neither));
        }
    }

    /// Returns how many things were rated.
    public int count() {
        return both + first + second + neither;
    }

    /// Returns Cohen's kappa, `(p - e) / (1 - e)`: `p` is the share about which they agree, `e` the
    /// share about which they would agree by chance if each said yes as often as it does, but
    /// whatever the other says: `yes1 * yes2 + no1 * no2`, each a share of all. 1 is full
    /// agreement, 0 that of chance, less than 0 is less than that.
    ///
    /// @return empty if nothing was rated, or if both always say the same one thing, so that chance
    ///   alone agrees fully and nothing can be told
    public OptionalDouble kappa() {
        long n = count();
        long chance =
                (long) (both + first) * (both + second)
                        + (long) (second + neither) * (first + neither);
        if (chance == n * n) {
            return OptionalDouble.empty();
        }
        double expected = (double) chance / (n * n);
        double observed = (double) (both + neither) / n;
        return OptionalDouble.of((observed - expected) / (1 - expected));
    }
}
