package dev.polymnia.eval.bank;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.TeamProfile.Stop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Chooses how a team of so many agents votes, on a bank of training questions: the mix of words
/// and programs, whether the chain of the Thinking mode joins, the weights, and when it stops.
///
/// A bank holds more chains than a team has agents, so each question is asked with [#DRAWS] teams
/// that are drawn from its chains at random; their mean varies less than one vote does. Of choices
/// that differ by less than the tolerance the simplest is taken: plain votes, halves, no stop that
/// is not needed.
///
/// @param policy what was chosen
/// @param accuracy of it on the bank, 0 to 1; it was chosen there, so it flatters
/// @param plain the accuracy of a plain vote of all in words, that waits for all
/// @param tokens generated for a question, mean
/// @param steps of the model for a question, mean
public record Fit(Policy policy, double accuracy, double plain, double tokens, double steps) {
    /// Teams that are drawn for each question.
    public static final int DRAWS = 20;

    /// Better by less is not better.
    private static final double TOLERANCE = 0.0025;

    /// What a stop may cost.
    private static final double STOP_LOSS = 0.005;

    private static final double[] BETAS = {0, 1, 2, 4, 8, 16};
    private static final double[] PROGRAM_WEIGHTS = {1, 1.41, 0.71, 2, 0.5};

    /// Shares of programs, in eighths, the simplest first.
    private static final int[] SHARES = {4, 0, 8, 2, 6};

    private static final int EIGHTHS = 8;

    /// Checks the part.
    public Fit {
        requireNonNull(policy, "policy is null");
    }

    /// Chooses.
    ///
    /// @param agents of the team, at least 2
    /// @param seed of the draws
    /// @throws Fault `INVALID` if the bank has no finished question, or too few chains for any mix
    public static Fit of(Bank bank, int agents, long seed) {
        List<List<Bank.Question>> teams = teams(bank, seed);
        if (teams.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The bank %s has no finished question; let it go on."
                            .formatted(bank.log().id()));
        }
        Tried best = null;
        for (Policy policy : policies(bank, agents)) {
            Tried tried = Tried.of(policy, teams);
            if (best == null || tried.accuracy() > best.accuracy() + TOLERANCE) {
                best = tried;
            }
        }
        if (best == null) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A team of %d; the bank %s holds %d chains in words and %d programs, too few for it."
                            .formatted(agents, bank.log().id(), bank.words(), bank.programs()));
        }
        Tried stopped = stop(best, teams);
        double plain =
                bank.words() < agents
                        ? Double.NaN
                        : Tried.of(Policy.plain(agents, 0), teams).accuracy();
        return new Fit(
                stopped.policy(), stopped.accuracy(), plain, stopped.tokens(), stopped.steps());
    }

    private static List<Policy> policies(Bank bank, int agents) {
        List<Policy> policies = new ArrayList<>();
        for (double beta : BETAS) {
            Weights normal = Weights.normalised(beta, bank);
            for (double ratio : PROGRAM_WEIGHTS) {
                Weights weights = new Weights(beta, normal.words(), normal.programs() * ratio);
                add(policies, bank, agents, weights, ratio != 1, 0);
                if (bank.thinking().isPresent()) {
                    for (double thinking : Policy.THINKING_WEIGHTS) {
                        add(policies, bank, agents, weights, ratio != 1, thinking);
                    }
                }
            }
        }
        return policies;
    }

    private static void add(
            List<Policy> policies,
            Bank bank,
            int agents,
            Weights weights,
            boolean uneven,
            double thinking) {
        int others = thinking > 0 ? agents - 1 : agents;
        for (int share : SHARES) {
            int programs = others * share / EIGHTHS;
            int words = others - programs;
            boolean pure = words == 0 || programs == 0;
            boolean possible = words <= bank.words() && programs <= bank.programs();
            if (possible && !(pure && uneven)) {
                Policy policy = Policy.plain(words, programs).withWeights(weights);
                policies.add(thinking > 0 ? policy.withThinking(thinking) : policy);
            }
        }
    }

    /// Takes the stop that is over soonest of those that cost next to nothing.
    private static Tried stop(Tried full, List<List<Bank.Question>> teams) {
        Tried best = full;
        for (Stop stop : List.of(Stop.LOSSLESS, Stop.AUTO, Stop.BETA, Stop.STRAGGLER)) {
            Tried tried = Tried.of(full.policy().withStop(stop), teams);
            boolean allowed = tried.accuracy() >= full.accuracy() - STOP_LOSS;
            if (allowed && tried.steps() < best.steps()) {
                best = tried;
            }
        }
        return best;
    }

    /// Returns each question as often as it is drawn, with its chains in another order each time.
    private static List<List<Bank.Question>> teams(Bank bank, long seed) {
        Random random = new Random(seed);
        List<List<Bank.Question>> all = new ArrayList<>();
        for (Bank.Question question : bank.questions()) {
            List<Bank.Question> drawn = new ArrayList<>();
            for (int i = 0; i < DRAWS; i++) {
                drawn.add(
                        question.withOrder(
                                shuffled(question.words(), random),
                                shuffled(question.programs(), random)));
            }
            all.add(drawn);
        }
        return all;
    }

    private static List<Held> shuffled(List<Held> chains, Random random) {
        List<Held> copy = new ArrayList<>(chains);
        Collections.shuffle(copy, random);
        return copy;
    }

    /// What a policy came to over all teams.
    private record Tried(Policy policy, double accuracy, double tokens, double steps) {
        static Tried of(Policy policy, List<List<Bank.Question>> teams) {
            double right = 0;
            double tokens = 0;
            double steps = 0;
            int count = 0;
            for (List<Bank.Question> drawn : teams) {
                for (Bank.Question team : drawn) {
                    Replay.Played played = Replay.play(policy, team);
                    right += played.value();
                    tokens += played.generated();
                    steps += played.steps();
                    count++;
                }
            }
            return new Tried(policy, right / count, tokens / count, steps / count);
        }
    }
}
