package dev.polymnia.eval.stats;

import java.util.Map;

/// McNemar's exact test of two runs over the same questions (McNemar 1947; exact two-sided form by
/// the binomial distribution). Only questions that one run got right and the other wrong count: if
/// the runs were equally good, each of them would be as likely to fall to one as to the other.
///
/// Its questions are independent of each other, so it takes one outcome a question; several epochs
/// of one question are not several questions.
///
/// @param b questions that only the first run got right
/// @param c questions that only the second run got right
/// @param p how likely a split as uneven as this or more so is between runs that are equally good,
///   0 to 1; 1 if they agree everywhere
public record McNemar(int b, int c, double p) {
    /// Tests two runs.
    ///
    /// @param first whether each question was answered right, by its id
    /// @param second the same of the other run; questions that only one run has are left out
    public static McNemar of(Map<String, Boolean> first, Map<String, Boolean> second) {
        int b = 0;
        int c = 0;
        for (Map.Entry<String, Boolean> entry : first.entrySet()) {
            boolean one = entry.getValue();
            boolean other = second.getOrDefault(entry.getKey(), one);
            if (one && !other) {
                b++;
            } else if (other && !one) {
                c++;
            }
        }
        return of(b, c);
    }

    /// Tests two runs by their counts.
    ///
    /// @param b questions that only the first run got right, at least 0
    /// @param c questions that only the second run got right, at least 0
    public static McNemar of(int b, int c) {
        if (b < 0 || c < 0) {
            throw new IllegalArgumentException("counts of " + b + " and " + c);
        }
        int n = Math.addExact(b, c);
        double tail = 0;
        // The logarithm of (n choose i) / 2^n, as 2^n itself leaves the range at 1024 questions.
        double log = -n * Math.log(2);
        for (int i = 0; i <= Math.min(b, c); i++) {
            tail += Math.exp(log);
            log += Math.log((double) (n - i) / (i + 1));
        }
        return new McNemar(b, c, Math.min(1, 2 * tail));
    }
}
