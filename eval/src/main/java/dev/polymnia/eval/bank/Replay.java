package dev.polymnia.eval.bank;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.polymnia.agents.Poll;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.eval.stats.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a policy comes to over the questions of a bank. A question that failed is wrong.
///
/// @param policy how the votes were held
/// @param questions over how many questions, each repetition counted
/// @param accuracy how good the answers are; empty without questions
/// @param promptTokens prompt tokens of a question, mean: the trunk once, and what each chain that
///   was begun read besides
/// @param generatedTokens tokens that were generated for a question, mean: those of the chains that
///   the stop rule would have paid for
/// @param stopped the share of the questions that did not wait for all chains, 0 to 1
/// @param minusFirst by how much it is better than the first chain alone; empty for that one itself
///   and without questions
public record Replay(
        Policy policy,
        int questions,
        Optional<Measure> accuracy,
        double promptTokens,
        double generatedTokens,
        double stopped,
        Optional<Bootstrap.Estimate> minusFirst) {
    /// What a policy came to in one question.
    ///
    /// @param value of its answer, 0 to 1
    /// @param answer the short answer that won; empty if there is none
    /// @param rule what stopped it early; empty if nothing did
    /// @param begun how many chains were begun
    /// @param prompt prompt tokens, the trunk's included
    /// @param generated tokens
    record Played(
            double value,
            Optional<String> answer,
            Optional<Event.Rule> rule,
            int begun,
            long prompt,
            long generated) {}

    /// Replays a policy over a bank.
    ///
    /// @throws Fault `INVALID` if the bank holds fewer chains than the policy needs
    public static Replay of(Bank bank, Policy policy) {
        if (policy.words() > bank.words() || policy.programs() > bank.programs()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A vote of %d chains in words and %d programs; the bank %s holds %d and %d."
                            .formatted(
                                    policy.words(),
                                    policy.programs(),
                                    bank.log().id(),
                                    bank.words(),
                                    bank.programs()));
        }
        List<Played> played = new ArrayList<>();
        Map<String, List<Double>> values = new TreeMap<>();
        Map<String, List<Double>> firsts = new TreeMap<>();
        Policy first = first(bank);
        for (Bank.Question question : bank.questions()) {
            Played each = play(policy, question);
            played.add(each);
            put(values, question, each.value());
            put(firsts, question, play(first, question).value());
        }
        return new Replay(
                policy,
                played.size(),
                Measure.of(values),
                played.stream().mapToLong(Played::prompt).average().orElse(0),
                played.stream().mapToLong(Played::generated).average().orElse(0),
                played.stream()
                        .mapToInt(each -> each.rule().isPresent() ? 1 : 0)
                        .average()
                        .orElse(0),
                policy.equals(first)
                        ? Optional.empty()
                        : Bootstrap.difference(firsts, values, Measure.SEED));
    }

    private static void put(
            Map<String, List<Double>> values, Bank.Question question, double value) {
        values.computeIfAbsent(question.id(), _ -> new ArrayList<>()).add(value);
    }

    /// Returns the policy of the first chain alone: the first in words, if there are some.
    static Policy first(Bank bank) {
        return bank.words() > 0 ? Policy.plain(1, 0) : Policy.plain(0, 1);
    }

    /// Holds one vote. The chains of a wave end in the order of their lengths; if the vote is
    /// settled before all have, each that is still at work has generated as many tokens as the one
    /// that settled it, and is charged with these.
    static Played play(Policy policy, Bank.Question question) {
        List<Held> order = policy.order(question);
        if (order.isEmpty()) {
            return new Played(
                    0, Optional.empty(), Optional.empty(), 0, question.shared().prompt(), 0);
        }
        Poll poll = new Poll(order.size());
        List<Held> voted = new ArrayList<>();
        Optional<Event.StoppedEarly> stop = Optional.empty();
        long generated = 0;
        int begun = 0;
        while (begun < order.size() && stop.isEmpty()) {
            int end = Poll.afterWave(begun, order.size());
            List<Held> wave =
                    order.subList(begun, end).stream()
                            .sorted(
                                    comparingLong(Held::length)
                                            .thenComparing(
                                                    comparingInt(held -> held.chain().number())))
                            .toList();
            begun = end;
            for (int i = 0; i < wave.size() && stop.isEmpty(); i++) {
                Held held = wave.get(i);
                poll.add(held.chain());
                voted.add(held);
                generated += held.length();
                stop = policy.stop().within() ? poll.lossless() : Optional.empty();
                if (stop.isPresent()) {
                    generated += held.length() * (wave.size() - 1 - i);
                }
            }
            if (stop.isEmpty() && begun < order.size() && policy.stop().between()) {
                stop = poll.beta();
            }
        }
        return played(policy, question, order.subList(0, begun), poll, voted, stop, generated);
    }

    private static Played played(
            Policy policy,
            Bank.Question question,
            List<Held> begun,
            Poll poll,
            List<Held> voted,
            Optional<Event.StoppedEarly> stop,
            long generated) {
        double[] weights = policy.weights(voted);
        Optional<Poll.Choice> choice = poll.choice(chain -> weights[chain.number()]);
        long read = begun.stream().mapToLong(held -> held.usage().computed()).sum();
        return new Played(
                choice.map(it -> begun.get(it.chain().number()).value()).orElse(0.0),
                choice.flatMap(Poll.Choice::answer),
                stop.map(Event.StoppedEarly::rule),
                begun.size(),
                question.shared().prompt() + read,
                generated);
    }
}
