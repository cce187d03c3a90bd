package dev.polymnia.agents;

import dev.polymnia.core.run.Event.Rule;
import dev.polymnia.core.run.Event.StoppedEarly;
import java.util.Locale;
import java.util.Optional;

/// When a vote need not wait for all its agents.
final class EarlyStop {
    /// How probable it must be that the leader would stay ahead.
    static final double SURE = 0.95;

    /// More than what adding weights up in another order changes.
    private static final double ROUNDING = 1e-6;

    private EarlyStop() {}

    /// Stops as soon as no vote that is still out can change the winner: the leader is ahead of the
    /// runner-up by more than all that is out can weigh. A tie at the end is not possible then, so
    /// the rule for ties does not matter.
    ///
    /// @param leader weight of the leading answer
    /// @param second weight of the next one
    /// @param pending how many of all planned agents have not finished, those of later waves
    ///   included
    /// @param most what their votes weigh at the most
    static Optional<StoppedEarly> lossless(double leader, double second, int pending, double most) {
        if (pending == 0 || leader - second <= most + ROUNDING) {
            return Optional.empty();
        }
        return Optional.of(
                new StoppedEarly(
                        Rule.LOSSLESS,
                        "%s votes against %s: the %s still out cannot change it"
                                .formatted(
                                        words(leader),
                                        words(second),
                                        pending == 1 ? "one" : pending)));
    }

    private static String words(double weight) {
        boolean whole = Math.abs(weight - Math.rint(weight)) < ROUNDING;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", weight);
    }

    /// Stops when those who are still at work are too few to be waited for. Not a guarantee.
    ///
    /// @param ended how many have ended
    /// @param planned how many there are
    static StoppedEarly straggler(int ended, int planned) {
        return new StoppedEarly(
                Rule.STRAGGLER,
                "%d of %d have ended: the last are not waited for".formatted(ended, planned));
    }

    /// Stops between waves when the leader has, with a probability of at least [#SURE], more than
    /// half of all votes that could ever be cast: with `a` votes for the leader and `b` for the
    /// other answers together, P(Beta(a + 1, b + 1) > 1/2), the posterior of a uniform prior
    /// (Aggarwal et al. 2023, "Let's Sample Step by Step: Adaptive-Consistency", section 3). Not a
    /// guarantee.
    ///
    /// @param leader votes of the leading answer
    /// @param others votes of all other answers together
    static Optional<StoppedEarly> beta(int leader, int others) {
        double probability = aheadProbability(leader, others);
        if (probability < SURE) {
            return Optional.empty();
        }
        return Optional.of(
                new StoppedEarly(
                        Rule.BETA,
                        String.format(
                                Locale.ROOT,
                                "%d votes against %d: ahead with a probability of %.2f",
                                leader,
                                others,
                                probability)));
    }

    /// Returns P(Beta(a + 1, b + 1) > 1/2). For whole numbers it is the probability that at least
    /// `b + 1` of `a + b + 1` tosses of a fair coin fall on one side (DLMF 8.17.5), which is exact
    /// in binary floating point for the few votes there are.
    static double aheadProbability(int a, int b) {
        int tosses = a + b + 1;
        double sum = 0;
        double choose = 1;
        for (int heads = 0; heads <= a; heads++) {
            sum += choose;
            choose = choose * (tosses - heads) / (heads + 1);
        }
        return sum / Math.pow(2, tosses);
    }
}
