package dev.polymnia.eval.bank;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Roster;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How a vote is held over the chains of a question.
///
/// Programs stand evenly among the words, so that every wave has both. Ties are decided by the
/// fixed rule of Contemplating: the larger sum of confidences, the shorter chain, the first.
///
/// @param words how many chains in words, from the first
/// @param programs how many programs, from the first
/// @param weights what their votes weigh
/// @param stop when not all chains are waited for. Which chains end first is told by their lengths:
///   they are taken to run side by side at the same speed
public record Policy(int words, int programs, Weights weights, TeamProfile.Stop stop) {
    /// What a first trial found good.
    private static final double USUAL_BETA = 4;

    /// Chains that were drawn; how does not matter to a vote.
    private static final Sampling DRAWN = new Sampling(1, 0, 1, 0, 1);

    private static final Approach WORDS = Approach.words("", DRAWN, 1);
    private static final Approach PROGRAMS = Approach.programs("", DRAWN, 1);

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` for numbers that are not possible
    public Policy {
        requireNonNull(weights, "weights is null");
        requireNonNull(stop, "stop is null");
        Roster.check(words, programs);
    }

    /// A plain vote of all chains.
    public static Policy plain(int words, int programs) {
        return new Policy(words, programs, Weights.PLAIN, TeamProfile.Stop.NONE);
    }

    /// Returns this policy with another stop rule.
    public Policy withStop(TeamProfile.Stop value) {
        return new Policy(words, programs, weights, value);
    }

    /// Returns this policy with other weights.
    public Policy withWeights(Weights value) {
        return new Policy(words, programs, value, stop);
    }

    /// Returns how many chains vote at the most.
    public int chains() {
        return words + programs;
    }

    /// Returns the weights in words.
    public String weighting() {
        return weights.inWords();
    }

    /// Returns the policies that a report shows for a bank: 1, 2, 4, … chains in words, of
    /// programs, and half of each; plain and weighted; with all stop rules. The largest vote of
    /// each mix is weighted in several ways. Weights are normalised over the bank itself.
    public static List<Policy> usual(Bank bank) {
        Set<Policy> policies = new LinkedHashSet<>();
        add(policies, bank, bank.words(), 0);
        add(policies, bank, 0, bank.programs());
        int half = Math.min(bank.words(), bank.programs());
        add(policies, bank, half, half);
        return List.copyOf(policies);
    }

    private static void add(Set<Policy> policies, Bank bank, int words, int programs) {
        int most = Math.max(words, programs);
        Weights usual = Weights.normalised(USUAL_BETA, bank);
        for (int part : sizes(most)) {
            Policy plain = plain(Math.min(words, part), Math.min(programs, part));
            policies.add(plain);
            if (plain.chains() > 2) {
                policies.add(plain.withStop(TeamProfile.Stop.AUTO));
                policies.add(plain.withWeights(usual));
                policies.add(plain.withWeights(usual).withStop(TeamProfile.Stop.AUTO));
            }
            if (plain.chains() > 2 && part == most) {
                policies.add(plain.withStop(TeamProfile.Stop.LOSSLESS));
                policies.add(plain.withStop(TeamProfile.Stop.BETA));
                policies.add(plain.withStop(TeamProfile.Stop.STRAGGLER));
                policies.add(plain.withWeights(Weights.normalised(1, bank)));
                policies.add(plain.withWeights(Weights.normalised(16, bank)));
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

    /// Returns the approaches of a team that votes so: each with its seats and weights, and only
    /// those that have seats.
    ///
    /// @param team at most one approach of each kind
    public List<Approach> over(List<Approach> team) {
        int divisor = BigInteger.valueOf(words).gcd(BigInteger.valueOf(programs)).intValue();
        List<Approach> seated = new ArrayList<>();
        for (Approach approach : team) {
            int seats = approach.kind() == Approach.Kind.PROGRAM ? programs : words;
            if (seats > 0) {
                seated.add(weights.of(approach).withSeats(seats / divisor));
            }
        }
        return List.copyOf(seated);
    }

    /// Returns the approaches of the chains, in the order in which they are begun.
    List<Approach> planned() {
        List<Approach> approaches = new ArrayList<>();
        if (words > 0) {
            approaches.add(weights.of(WORDS).withSeats(words));
        }
        if (programs > 0) {
            approaches.add(weights.of(PROGRAMS).withSeats(programs));
        }
        return new TeamProfile("", approaches, stop).deal(chains());
    }

    /// Returns the chains that vote, numbered in the order in which they are begun.
    ///
    /// @return empty if the question has not enough
    List<Held> order(Bank.Question question) {
        if (question.words().size() < words || question.programs().size() < programs) {
            return List.of();
        }
        Iterator<Held> said = question.words().iterator();
        Iterator<Held> written = question.programs().iterator();
        List<Held> order = new ArrayList<>();
        for (Approach approach : planned()) {
            Held next =
                    switch (approach.kind()) {
                        case WORDS, CODE -> said.next();
                        case PROGRAM -> written.next();
                    };
            order.add(next.at(order.size()));
        }
        return List.copyOf(order);
    }
}
