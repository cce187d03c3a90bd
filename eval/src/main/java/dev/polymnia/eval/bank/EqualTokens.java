package dev.polymnia.eval.bank;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.Poll;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.eval.RunLog;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.stats.Bootstrap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What another method reaches with as many generated tokens as a Contemplating run spent on each
/// very question.
///
/// @param method which one
/// @param run the id of the run that holds its chains
/// @param contemplating the id of the Contemplating run
/// @param questions over how many questions that both have finished, each repetition counted
/// @param accuracy of the method
/// @param tokens that it generated for a question, mean
/// @param budget that it had for a question, mean
/// @param minusContemplating by how much it is better than the Contemplating run
/// @param dry on how many questions the chains of a bank were not enough to use the budget up;
///   empty for other methods
public record EqualTokens(
        Method method,
        String run,
        String contemplating,
        int questions,
        Measure accuracy,
        double tokens,
        double budget,
        Bootstrap.Estimate minusContemplating,
        OptionalInt dry) {
    /// What the tokens are spent on.
    public enum Method {
        /// Chains in words, one after the other, that vote plainly.
        WORD_VOTING,
        /// One chain that has to think on (Muennighoff et al. 2025).
        BUDGET_FORCING
    }

    /// Checks the parts.
    public EqualTokens {
        requireNonNull(method, "method is null");
        requireNonNull(run, "run is null");
        requireNonNull(contemplating, "contemplating is null");
        requireNonNull(accuracy, "accuracy is null");
        requireNonNull(minusContemplating, "minusContemplating is null");
        requireNonNull(dry, "dry is null");
    }

    private record Key(String id, int epoch) {}

    /// What a method came to in one question.
    ///
    /// @param value of its answer
    /// @param tokens it generated
    /// @param dry whether there were no more chains
    record Spent(double value, long tokens, boolean dry) {}

    /// Returns whether two runs asked one model the same questions, so that one can be the other's
    /// baseline.
    public static boolean comparable(RunLog one, RunLog other) {
        return differences(one.setup(), other.setup()).isEmpty();
    }

    /// Returns whether a run is one of the Contemplating mode, whose tokens others can be given.
    public static boolean isMeasure(RunLog run) {
        return run.setup().mode() == Mode.CONTEMPLATING && run.setup().usual();
    }

    /// Votes over the chains in words of a bank: of each question as many, from the first, as fit
    /// into what the Contemplating run spent on it. The chain that would exceed it is not taken; at
    /// least one is.
    ///
    /// @return empty if no question is finished in both
    /// @throws Fault `INVALID` if the bank has no words, the other is no Contemplating run, or they
    ///   did not ask one model the same questions
    public static Optional<EqualTokens> ofVotes(Bank bank, RunLog contemplating) {
        requireSame(bank.log(), contemplating);
        if (bank.words() == 0) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The bank %s holds no chains in words; make one that does."
                            .formatted(bank.log().id()));
        }
        Map<Key, SampleResult> theirs = byKey(contemplating);
        Tally tally = new Tally();
        for (Bank.Question question : bank.questions()) {
            SampleResult result = theirs.get(new Key(question.id(), question.epoch()));
            if (result != null) {
                long budget = result.usage().generated();
                tally.add(result, budget, vote(question.words(), budget));
            }
        }
        return tally.summary(Method.WORD_VOTING, bank.log(), contemplating);
    }

    /// Votes plainly over the first chains that fit into a budget.
    static Spent vote(List<Held> words, long budget) {
        Poll poll = new Poll(Policy.plain(Math.max(1, words.size()), 0).planned());
        long spent = 0;
        int taken = 0;
        for (Held held : words) {
            if (taken > 0 && spent + held.length() > budget) {
                break;
            }
            poll.add(held.at(taken).chain());
            spent += held.length();
            taken++;
        }
        double value =
                poll.choice().map(choice -> words.get(choice.chain().number()).value()).orElse(0.0);
        return new Spent(value, spent, taken == words.size() && spent < budget);
    }

    /// Compares a run with budget forcing to the run whose budgets it has.
    ///
    /// @return empty if no question is finished in both
    /// @throws Fault `INVALID` if it has none, or those of another run
    public static Optional<EqualTokens> ofForced(RunLog forced, RunLog contemplating) {
        requireSame(forced, contemplating);
        String source = forced.setup().options().getOrDefault(RunSetup.FORCED, "none");
        if (!source.equals(contemplating.id())) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The budgets of %s are those of %s, not of %s."
                            .formatted(forced.id(), source, contemplating.id()));
        }
        Map<Key, SampleResult> theirs = byKey(contemplating);
        Tally tally = new Tally();
        for (SampleResult each : forced.results()) {
            SampleResult result = theirs.get(new Key(each.id(), each.epoch()));
            if (result != null) {
                Spent spent = new Spent(each.value(), each.usage().generated(), false);
                tally.add(result, result.usage().generated(), spent);
            }
        }
        return tally.summary(Method.BUDGET_FORCING, forced, contemplating);
    }

    private static Map<Key, SampleResult> byKey(RunLog log) {
        Map<Key, SampleResult> results = new HashMap<>();
        log.results().forEach(result -> results.put(new Key(result.id(), result.epoch()), result));
        return results;
    }

    private static void requireSame(RunLog run, RunLog contemplating) {
        RunSetup setup = contemplating.setup();
        if (!isMeasure(contemplating)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run %s is one of %s; equal tokens are those of a contemplating one."
                            .formatted(contemplating.id(), setup.way()));
        }
        List<String> differences = differences(run.setup(), setup);
        if (!differences.isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s is no baseline of %s: %s differ; take runs of one task, data and model."
                            .formatted(
                                    run.id(), contemplating.id(), String.join(", ", differences)));
        }
    }

    private static List<String> differences(RunSetup one, RunSetup other) {
        List<String> names = new ArrayList<>();
        compare(names, "task", one.task(), other.task());
        compare(names, "model", one.model(), other.model());
        compare(names, "weights", one.modelDigest(), other.modelDigest());
        compare(names, "data", one.dataDigest(), other.dataDigest());
        compare(names, "prompts", one.promptDigest(), other.promptDigest());
        compare(names, "scorer", one.scorer(), other.scorer());
        return names;
    }

    private static void compare(List<String> names, String name, String one, String other) {
        if (!one.equals(other)) {
            names.add(name);
        }
    }

    /// Adds questions up.
    private static final class Tally {
        private final Map<String, List<Double>> values = new TreeMap<>();
        private final Map<String, List<Double>> theirs = new TreeMap<>();
        private int questions;
        private long tokens;
        private long budgets;
        private int dry;

        void add(SampleResult result, long budget, Spent spent) {
            values.computeIfAbsent(result.id(), _ -> new ArrayList<>()).add(spent.value());
            theirs.computeIfAbsent(result.id(), _ -> new ArrayList<>()).add(result.value());
            questions++;
            tokens += spent.tokens();
            budgets += budget;
            dry += spent.dry() ? 1 : 0;
        }

        Optional<EqualTokens> summary(Method method, RunLog run, RunLog contemplating) {
            Optional<Measure> accuracy = Measure.of(values);
            Optional<Bootstrap.Estimate> difference =
                    Bootstrap.difference(theirs, values, Measure.SEED);
            if (accuracy.isEmpty() || difference.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new EqualTokens(
                            method,
                            run.id(),
                            contemplating.id(),
                            questions,
                            accuracy.get(),
                            (double) tokens / questions,
                            (double) budgets / questions,
                            difference.get(),
                            method == Method.WORD_VOTING
                                    ? OptionalInt.of(dry)
                                    : OptionalInt.empty()));
        }
    }
}
