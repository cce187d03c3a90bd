package dev.polymnia.eval.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Whether the share of the votes tells how often the vote is right (Guo et al. 2017, "On
/// Calibration of Modern Neural Networks", section 2).
///
/// @param count how many votes
/// @param bins those that hold a vote, by ascending share
/// @param expectedCalibrationError how far share and accuracy of a bin are apart, in the mean over
///   the votes (equation 3): 0 (a vote with 70 % is right 7 times in 10) to 1; 0 without votes
/// @param brier the mean square of share minus outcome (Brier 1950), 0 to 1; 0 without votes
public record Reliability(
        int count, List<Bin> bins, double expectedCalibrationError, double brier) {
    /// A product such as 0.07 times 100 lies a little above the whole number that it is.
    private static final double ROUNDING = 1e-9;

    /// Copies the bins.
    public Reliability {
        bins = List.copyOf(bins);
    }

    /// The outcome of a vote.
    ///
    /// @param share the share of the votes that the winner got, 0 to 1
    /// @param right whether the winner was right
    public record Vote(double share, boolean right) {
        /// Checks the share.
        public Vote {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a vote share of " + share);
            }
        }
    }

    /// Votes with about the same share: more than the lower end, at most the upper one; the first
    /// bin has a share of 0, too.
    ///
    /// @param low its lower end
    /// @param high its upper end
    /// @param count how many votes, at least 1
    /// @param meanShare their mean share
    /// @param accuracy how many of them are right, 0 to 1
    public record Bin(double low, double high, int count, double meanShare, double accuracy) {}

    /// Makes the table.
    ///
    /// @param votes in any order
    /// @param number how many bins of equal width there are between 0 and 1, at least 1
    public static Reliability of(Collection<Vote> votes, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " bins");
        }
        int[] counts = new int[number];
        int[] rights = new int[number];
        double[] shares = new double[number];
        double squares = 0;
        for (Vote vote : votes) {
            int bin = (int) Math.ceil(vote.share() * number - ROUNDING) - 1;
            int place = Math.clamp(bin, 0, number - 1);
            counts[place]++;
            rights[place] += vote.right() ? 1 : 0;
            shares[place] += vote.share();
            double miss = vote.share() - (vote.right() ? 1 : 0);
            squares += miss * miss;
        }
        List<Bin> bins = new ArrayList<>();
        double apart = 0;
        for (int i = 0; i < number; i++) {
            if (counts[i] > 0) {
                double share = shares[i] / counts[i];
                double accuracy = (double) rights[i] / counts[i];
                double low = (double) i / number;
                bins.add(new Bin(low, (i + 1.0) / number, counts[i], share, accuracy));
                apart += counts[i] * Math.abs(share - accuracy);
            }
        }
        int n = votes.size();
        return new Reliability(n, bins, n == 0 ? 0 : apart / n, n == 0 ? 0 : squares / n);
    }
}
