package dev.polymnia.agents;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts votes: one for each agent whose chain is whole and holds a short answer; equal canonical
/// forms are one answer. More votes win, or more weight where votes have weights, then the larger
/// sum of confidences, then the shorter shortest chain, then the agent that comes first. Immutable
/// values go in and out; confined to the run's thread.
final class Ballot {
    /// One vote.
    ///
    /// @param answer the canonical short answer
    /// @param weight how much it counts; 1 in a plain vote
    /// @param confidence 0 to 1, or NaN if not known, which counts as 0
    /// @param length tokens of the chain
    /// @param agent its number
    /// @param sound whether nothing speaks against it, such as a test that its code fails
    record Vote(
            String answer,
            double weight,
            double confidence,
            long length,
            int agent,
            boolean sound) {
        /// A plain vote.
        Vote(String answer, double confidence, long length, int agent) {
            this(answer, 1, confidence, length, agent, true);
        }

        /// Returns how much it counts between answers of equal weight.
        double trust() {
            return Double.isNaN(confidence) ? 0 : confidence;
        }
    }

    private static final double RESOLUTION = 1e-9;

    private static final Comparator<List<Vote>> BETTER_FIRST =
            Comparator.<List<Vote>>comparingLong(Ballot::weight)
                    .reversed()
                    .thenComparing(comparingDouble(Ballot::confidence).reversed())
                    .thenComparing(
                            comparingLong(votes ->
                                    votes.stream().mapToLong(Vote::length).min().orElse(0)))
                    .thenComparing(
                            comparingInt(
                                    votes -> votes.stream().mapToInt(Vote::agent).min().orElse(0)));

    private static final Comparator<Vote> BEST_FIRST =
            comparingDouble(Vote::trust)
                    .reversed()
                    .thenComparingLong(Vote::length)
                    .thenComparingInt(Vote::agent);

    private final Map<String, List<Vote>> answers = new LinkedHashMap<>();
    private int silent;

    void add(Vote vote) {
        answers.computeIfAbsent(vote.answer(), _ -> new ArrayList<>()).add(vote);
    }

    /// Counts an agent that gave no vote.
    void addSilent() {
        silent++;
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }

    int votes() {
        return answers.values().stream().mapToInt(List::size).sum();
    }

    int silent() {
        return silent;
    }

    /// Returns how many sound votes the leading answer has, 0 if there is none.
    int leader() {
        return ranked().stream().findFirst().map(Ballot::sound).orElse(0);
    }

    /// Returns the most sound votes of any answer, 0 if there is none.
    int most() {
        return answers.values().stream().mapToInt(Ballot::sound).max().orElse(0);
    }

    private static int sound(List<Vote> votes) {
        return Math.toIntExact(votes.stream().filter(Vote::sound).count());
    }

    /// Returns the weight of the leading answer, 0 if there is none.
    double leaderWeight() {
        return weight(0);
    }

    /// Returns the weight of the next answer, 0 if there is none.
    double secondWeight() {
        return weight(1);
    }

    /// Returns the winning answer's most confident vote, of equals the shortest chain's.
    Optional<Vote> winner() {
        return winners().stream().findFirst();
    }

    /// Returns each answer's most confident vote, of equals the shortest chain's; the leading
    /// answer first.
    List<Vote> winners() {
        return ranked().stream().map(Ballot::best).toList();
    }

    private static Vote best(List<Vote> votes) {
        return votes.stream().min(BEST_FIRST).orElseThrow();
    }

    Event.Tally tally(int pending) {
        return new Event.Tally(
                ranked().stream()
                        .map(votes ->
                                new Event.Share(
                                        votes.getFirst().answer(),
                                        votes.size(),
                                        weight(votes) * RESOLUTION,
                                        confidence(votes)))
                        .toList(),
                silent,
                pending);
    }

    private double weight(int index) {
        return ranked().stream()
                .skip(index)
                .findFirst()
                .map(votes -> weight(votes) * RESOLUTION)
                .orElse(0.0);
    }

    private List<List<Vote>> ranked() {
        return answers.values().stream().sorted(BETTER_FIRST).toList();
    }

    /// Returns the sum of the weights, in units that are coarser than what adding them up in
    /// another order changes, so that equal sums are a tie.
    private static long weight(List<Vote> votes) {
        return Math.round(votes.stream().mapToDouble(Vote::weight).sum() / RESOLUTION);
    }

    private static double confidence(List<Vote> votes) {
        return votes.stream().mapToDouble(Vote::trust).sum();
    }
}
