package dev.polymnia.eval.bank;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Chain;
import dev.polymnia.agents.Roster;
import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How a vote is held over the chains of a question.
///
/// Programs stand evenly among the words, so that every wave has both. The vote of a chain weighs
/// exp(beta · mean log-probability of its tokens), divided by the mean of that over the voting
/// chains of its kind, as words and programs are not equally predictable; chains of which it is not
/// known weigh 1. With beta 0 all votes weigh 1. Ties are decided by the fixed rule of
/// Contemplating: the larger sum of confidences, the shorter chain, the first.
///
/// @param words how many chains in words, from the first
/// @param programs how many programs, from the first
/// @param beta how much confidence counts, at least 0
/// @param stop when not all chains are waited for
public record Policy(int words, int programs, double beta, Stop stop) {
    /// When a vote does not wait for all its chains. Which chains end first in a wave is told by
    /// their lengths: they are taken to run side by side at the same speed. A rule about time, such
    /// as leaving out stragglers, cannot be replayed.
    public enum Stop {
        /// Never.
        NONE,
        /// Within a wave, when no vote that is out can change the winner.
        LOSSLESS,
        /// Between waves, when the leader probably stays ahead.
        BETA,
        /// Both, as the Contemplating mode does.
        AUTO;

        boolean within() {
            return this == LOSSLESS || this == AUTO;
        }

        boolean between() {
            return this == BETA || this == AUTO;
        }
    }

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` for numbers that are not possible, or for a lossless stop of
    ///   weighted votes: their weights are known when all chains are, so nothing could be
    ///   guaranteed
    public Policy {
        requireNonNull(stop, "stop is null");
        Roster.check(words, programs);
        if (!(beta >= 0 && beta <= 1000)) {
            throw new Fault(
                    Fault.Code.INVALID, "Votes with beta = " + beta + "; choose 0 to 1000.");
        }
        if (beta > 0 && stop.within()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A lossless stop of weighted votes guarantees nothing; choose beta = 0, or the"
                            + " stop rules none or beta.");
        }
    }

    /// A plain vote of all chains.
    public static Policy plain(int words, int programs) {
        return new Policy(words, programs, 0, Stop.NONE);
    }

    /// Returns this policy with another stop rule.
    public Policy withStop(Stop value) {
        return new Policy(words, programs, beta, value);
    }

    /// Returns this policy with other weights.
    public Policy withBeta(double value) {
        return new Policy(words, programs, value, stop);
    }

    /// Returns how many chains vote at the most.
    public int chains() {
        return words + programs;
    }

    /// Returns the weights in words.
    public String weighting() {
        return beta == 0 ? "plain" : String.format(Locale.ROOT, "exp(%s · log p)", number(beta));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// Returns the policies that a report shows for a bank: 1, 2, 4, … chains in words, of
    /// programs, and half of each; plain and weighted; with all stop rules. The largest vote of
    /// each mix is weighted in several ways.
    public static List<Policy> usual(Bank bank) {
        Set<Policy> policies = new LinkedHashSet<>();
        add(policies, bank.words(), 0);
        add(policies, 0, bank.programs());
        int half = Math.min(bank.words(), bank.programs());
        add(policies, half, half);
        return List.copyOf(policies);
    }

    private static void add(Set<Policy> policies, int words, int programs) {
        int most = Math.max(words, programs);
        for (int part : sizes(most)) {
            Policy plain = plain(Math.min(words, part), Math.min(programs, part));
            policies.add(plain);
            if (plain.chains() > 2) {
                policies.add(plain.withStop(Stop.AUTO));
                policies.add(plain.withBeta(4));
            }
            if (plain.chains() > 2 && part == most) {
                policies.add(plain.withStop(Stop.LOSSLESS));
                policies.add(plain.withStop(Stop.BETA));
                policies.add(plain.withBeta(1));
                policies.add(plain.withBeta(16));
                policies.add(plain.withBeta(4).withStop(Stop.BETA));
            }
        }
    }

    private static List<Integer> sizes(int most) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size < most; size *= 2) {
            sizes.add(size);
        }
        if (most > 0) {
            sizes.add(most);
        }
        return sizes;
    }

    /// Returns the chains that vote, numbered in the order in which they are begun.
    ///
    /// @return empty if the question has not enough
    List<Held> order(Bank.Question question) {
        if (question.words().size() < words || question.programs().size() < programs) {
            return List.of();
        }
        List<Held> order = new ArrayList<>();
        int said = 0;
        int written = 0;
        while (order.size() < chains()) {
            // Of both kinds the one with the smaller share begun; words first.
            boolean word = said < words && (long) said * programs <= (long) written * words;
            Held next = word ? question.words().get(said++) : question.programs().get(written++);
            order.add(next.at(order.size()));
        }
        return List.copyOf(order);
    }

    /// Returns the weights of these chains' votes, by their numbers.
    double[] weights(List<Held> voted) {
        double[] weights = new double[chains()];
        for (Chain.Kind kind : Chain.Kind.values()) {
            List<Chain> known =
                    voted.stream()
                            .map(Held::chain)
                            .filter(chain -> chain.kind() == kind && chain.votes())
                            .filter(chain -> !Double.isNaN(chain.confidence()))
                            .toList();
            double mean = known.stream().mapToDouble(this::raw).average().orElse(0);
            voted.stream()
                    .map(Held::chain)
                    .filter(chain -> chain.kind() == kind)
                    .forEach(chain ->
                            weights[chain.number()] =
                                    mean > 0 && known.contains(chain) ? raw(chain) / mean : 1);
        }
        return weights;
    }

    /// The confidence is the exponential of the mean log-probability.
    private double raw(Chain chain) {
        return Math.pow(chain.confidence(), beta);
    }
}
