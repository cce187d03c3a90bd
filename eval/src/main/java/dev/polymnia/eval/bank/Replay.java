package dev.polymnia.eval.bank;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.polymnia.agents.Poll;
import dev.polymnia.agents.Waves;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import dev.polymnia.eval.stats.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
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
/// @param steps steps of the model from the first to the last token that was waited for, mean: all
///   chains at work get one token in a step, so it stands for the time
/// @param stopped the share of the questions that did not wait for all chains, 0 to 1
/// @param minusFirst by how much it is better than the first chain alone; empty for that one itself
///   and without questions
public record Replay(
        Policy policy,
        int questions,
        Optional<Measure> accuracy,
        double promptTokens,
        double generatedTokens,
        double steps,
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
    /// @param steps until it was over
    record Played(
            double value,
            Optional<String> answer,
            Optional<Event.Rule> rule,
            int begun,
            long prompt,
            long generated,
            long steps) {}

    /// Replays a policy over a bank.
    ///
    /// @throws Fault `INVALID` if the bank holds fewer chains than the policy needs
    public static Replay of(Bank bank, Policy policy) {
        boolean lacks = policy.thinking() > 0 && bank.thinking().isEmpty();
        if (lacks || policy.words() > bank.words() || policy.programs() > bank.programs()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A vote of %d chains in words and %d programs%s; the bank %s holds %d and %d."
                            .formatted(
                                    policy.words(),
                                    policy.programs(),
                                    lacks ? " with the chain of the Thinking mode" : "",
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
                played.stream().mapToLong(Played::steps).average().orElse(0),
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

    /// Returns the policy of the first chain alone: that of the Thinking mode, else the first in
    /// words, if there are some.
    static Policy first(Bank bank) {
        if (bank.thinking().isPresent()) {
            return Policy.thinkingAlone();
        }
        return bank.words() > 0 ? Policy.plain(1, 0) : Policy.plain(0, 1);
    }

    /// A chain at work.
    private record Running(Held held, long since) {
        long end() {
            return since + held.length();
        }
    }

    /// Holds one vote. All chains at work generate one token in each step; those that are still at
    /// work when it is over are charged with what they have generated by then.
    static Played play(Policy policy, Bank.Question question) {
        List<Held> order = policy.order(question);
        if (order.isEmpty()) {
            return new Played(
                    0, Optional.empty(), Optional.empty(), 0, question.shared().prompt(), 0, 0);
        }
        Poll poll = new Poll(policy.planned());
        Waves waves = new Waves(poll, policy.stop());
        PriorityQueue<Running> running =
                new PriorityQueue<>(
                        comparingLong(Running::end)
                                .thenComparing(comparingInt(each -> each.held().chain().number())));
        long now = 0;
        long generated = 0;
        int begun = 0;
        while (true) {
            switch (waves.next()) {
                case Waves.Step.Begin(int count) -> {
                    for (Held held : order.subList(begun, begun + count)) {
                        running.add(new Running(held, now));
                    }
                    begun += count;
                }
                case Waves.Step.Wait _ -> {
                    Running next = running.remove();
                    now = next.end();
                    generated += next.held().length();
                    poll.add(next.held().chain());
                }
                case Waves.Step.Over(Optional<Event.StoppedEarly> why) -> {
                    for (Running each : running) {
                        generated += now - each.since();
                    }
                    return played(question, order.subList(0, begun), poll, why, generated, now);
                }
            }
        }
    }

    private static Played played(
            Bank.Question question,
            List<Held> begun,
            Poll poll,
            Optional<Event.StoppedEarly> stop,
            long generated,
            long steps) {
        Optional<Poll.Choice> choice = poll.choice();
        long read = begun.stream().mapToLong(held -> held.usage().computed()).sum();
        return new Played(
                choice.map(it -> begun.get(it.chain().number()).value()).orElse(0.0),
                choice.flatMap(Poll.Choice::answer),
                stop.map(Event.StoppedEarly::rule),
                begun.size(),
                question.shared().prompt() + read,
                generated,
                steps);
    }
}
