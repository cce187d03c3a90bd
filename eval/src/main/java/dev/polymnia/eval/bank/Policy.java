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
import java.util.TreeSet;

/// How a vote is held over the chains of a question.
///
/// Programs stand evenly among the words, so that every wave has both; the chain of the Thinking
/// mode is in the first. Ties are decided by the fixed rule of Contemplating: the larger sum of
/// confidences, the shorter chain, the first.
///
/// @param words how many chains in words, from the first
/// @param programs how many programs, from the first
/// @param thinking what a vote of the chain of the Thinking mode weighs; 0 if it does not join
/// @param weights what their votes weigh
/// @param stop when not all chains are waited for. Which chains end first is told by their lengths:
///   they are taken to run side by side at the same speed
public record Policy(
        int words, int programs, double thinking, Weights weights, TeamProfile.Stop stop) {
    /// What a first trial found good.
    private static final double USUAL_BETA = 4;

    /// What the chain of the Thinking mode may weigh, as it is right more often than others.
    static final List<Double> THINKING_WEIGHTS = List.of(1.0, 1.5, 2.5);

    private static final double HEAVIEST = 1000;

    /// The smallest team.
    private static final int FEWEST = 4;

    /// Chains that were drawn; how does not matter to a vote.
    private static final Sampling DRAWN = new Sampling(1, 0, 1, 0, 1);

    private static final Approach WORDS = Approach.words("", DRAWN, 1);
    private static final Approach PROGRAMS = Approach.programs("", DRAWN, 1);

    private static final Approach THINKING = Approach.words("", Sampling.GREEDY, 1);

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` for numbers that are not possible
    public Policy {
        requireNonNull(weights, "weights is null");
        requireNonNull(stop, "stop is null");
        if (!(thinking >= 0 && thinking <= HEAVIEST)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A vote of the Thinking mode that weighs " + thinking + "; choose 0 to 1000.");
        }
        if (thinking == 0 || words != 0 || programs != 0) {
            Roster.check(words, programs);
        }
    }

    /// A plain vote of all chains.
    public static Policy plain(int words, int programs) {
        return new Policy(words, programs, 0, Weights.PLAIN, TeamProfile.Stop.NONE);
    }

    /// The chain of the Thinking mode alone.
    static Policy thinkingAlone() {
        return new Policy(0, 0, 1, Weights.PLAIN, TeamProfile.Stop.NONE);
    }

    /// Returns this policy with the chain of the Thinking mode.
    ///
    /// @param weight of its vote, above 0
    public Policy withThinking(double weight) {
        return new Policy(words, programs, weight, weights, stop);
    }

    /// Returns this policy with another stop rule.
    public Policy withStop(TeamProfile.Stop value) {
        return new Policy(words, programs, thinking, weights, value);
    }

    /// Returns this policy with other weights.
    public Policy withWeights(Weights value) {
        return new Policy(words, programs, thinking, value, stop);
    }

    /// Returns how many chains vote at the most.
    public int chains() {
        return words + programs + (thinking > 0 ? 1 : 0);
    }

    /// Returns the weights in words.
    public String weighting() {
        return weights.inWords();
    }

    /// Returns the policies that a report shows for a bank: 1, 2, 4, … chains in words, of
    /// programs, and half of each; plain and weighted; with all stop rules. The largest vote of
    /// each mix is weighted in several ways. Weights are normalised over the bank itself. For a
    /// bank with the chains of the Thinking mode: that chain alone, and as one of 4, 8 and 16 with
    /// programs, of which none, a quarter or half are chains in words instead.
    public static List<Policy> usual(Bank bank) {
        if (bank.thinking().isPresent()) {
            return besideThinking(bank);
        }
        Set<Policy> policies = new LinkedHashSet<>();
        add(policies, bank, bank.words(), 0);
        add(policies, bank, 0, bank.programs());
        int half = Math.min(bank.words(), bank.programs());
        add(policies, bank, half, half);
        return List.copyOf(policies);
    }

    private static List<Policy> besideThinking(Bank bank) {
        Set<Policy> policies = new LinkedHashSet<>();
        policies.add(thinkingAlone());
        for (int team = FEWEST; team <= 2 * Math.max(bank.words(), bank.programs()); team *= 2) {
            int others = team - 1;
            int quarter = others - others * 3 / 4;
            for (int words : new TreeSet<>(List.of(0, quarter, others / 2))) {
                int programs = others - words;
                if (words > bank.words() || programs > bank.programs()) {
                    continue;
                }
                for (double weight : THINKING_WEIGHTS) {
                    Policy policy = plain(words, programs).withThinking(weight);
                    policies.add(policy);
                    policies.add(policy.withStop(TeamProfile.Stop.AUTO));
                    policies.add(policy.withStop(TeamProfile.Stop.LOSSLESS));
                }
            }
        }
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
    /// @param alone how one agent thinks, if it joins
    public List<Approach> over(List<Approach> team, Approach alone) {
        int divisor =
                thinking > 0
                        ? 1
                        : BigInteger.valueOf(words).gcd(BigInteger.valueOf(programs)).intValue();
        List<Approach> seated = new ArrayList<>();
        for (Approach approach : team) {
            int seats = approach.kind() == Approach.Kind.PROGRAM ? programs : words;
            if (seats > 0) {
                seated.add(weights.of(approach).withSeats(seats / divisor));
            }
        }
        if (thinking > 0) {
            seated.add(alone.named("thinking").withWeight(thinking, 0));
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
        if (thinking > 0) {
            approaches.add(THINKING.withWeight(thinking, 0));
        }
        return new TeamProfile("", approaches, stop).deal(chains());
    }

    /// Returns the chains that vote, numbered in the order in which they are begun.
    ///
    /// @return empty if the question has not enough
    List<Held> order(Bank.Question question) {
        boolean lacks = thinking > 0 && question.thinking().isEmpty();
        if (lacks || question.words().size() < words || question.programs().size() < programs) {
            return List.of();
        }
        Iterator<Held> said = question.words().iterator();
        Iterator<Held> written = question.programs().iterator();
        List<Held> order = new ArrayList<>();
        for (Approach approach : planned()) {
            Held next =
                    switch (approach.kind()) {
                        case WORDS, CODE ->
                                approach.sampling().equals(DRAWN)
                                        ? said.next()
                                        : question.thinking().orElseThrow();
                        case PROGRAM -> written.next();
                    };
            order.add(next.at(order.size()));
        }
        return List.copyOf(order);
    }
}
