package dev.polymnia.agents;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// A vote among chains while they end: how it stands, whether it is settled, and what it comes to.
/// Contemplating holds one while its agents work; who replays a vote holds one over stored chains,
/// and gets the same. Confined to one thread.
///
/// A chain has one vote if it is whole and holds a short answer. If most whole chains hold none the
/// text is free: then the medoid of the whole texts is chosen.
public final class Poll {
    private static final int FIRST_WAVE = 4;

    private final int planned;
    private final List<Chain> chains = new ArrayList<>();
    private final Ballot ballot = new Ballot();

    /// What a poll comes to.
    ///
    /// @param method how it was chosen: by `VOTE`, as the `MEDOID`, or as the `ONLY` words there
    ///   are where every chain was cut off, which are partial then
    /// @param chain speaks for the answer
    /// @param answer the short answer in its canonical form; empty for free text
    public record Choice(Event.Method method, Chain chain, Optional<String> answer) {
        /// Returns whether this is only the best there is of chains that were cut off.
        public boolean partial() {
            return method == Event.Method.ONLY;
        }
    }

    /// Opens a poll.
    ///
    /// @param planned how many chains there are to be at the most
    public Poll(int planned) {
        this.planned = planned;
    }

    /// Returns how many chains have begun after the next wave: 4, then 8, then 16, always twice as
    /// many, until there are as many as planned.
    ///
    /// @param begun how many have begun before
    public static int afterWave(int begun, int planned) {
        return Math.min(begun == 0 ? FIRST_WAVE : 2 * begun, planned);
    }

    /// Takes a chain that has ended.
    public void add(Chain chain) {
        chains.add(chain);
        if (chain.votes()) {
            ballot.add(vote(chain, 1));
        } else {
            ballot.addSilent();
        }
    }

    private static Ballot.Vote vote(Chain chain, double weight) {
        return new Ballot.Vote(
                chain.answer().orElseThrow(),
                weight,
                chain.confidence(),
                chain.length(),
                chain.number());
    }

    /// Returns how the plain votes stand.
    Event.Tally tally() {
        return ballot.tally(pending());
    }

    private int pending() {
        return planned - chains.size();
    }

    private int whole() {
        return Math.toIntExact(chains.stream().filter(Chain::whole).count());
    }

    /// Returns whether the answers that can be counted are not outnumbered by free texts.
    private boolean isVote(int whole) {
        return !ballot.isEmpty() && 2 * ballot.votes() >= whole;
    }

    /// Returns why no further chain need be waited for: no vote that is still out can change the
    /// winner, and no free text that is still out can make the poll one of free text.
    public Optional<Event.StoppedEarly> lossless() {
        int pending = pending();
        return isVote(whole() + pending)
                ? EarlyStop.lossless(ballot.leader(), ballot.second(), pending)
                : Optional.empty();
    }

    /// Returns why no further wave need be begun: the plain votes so far make it probable enough
    /// that the leader stays ahead.
    public Optional<Event.StoppedEarly> beta() {
        return EarlyStop.beta(ballot.leader(), ballot.votes() - ballot.leader());
    }

    /// Returns what the plain votes come to; empty if no chain has any words.
    public Optional<Choice> choice() {
        return choice(_ -> 1);
    }

    /// Returns what weighted votes come to; empty if no chain has any words.
    ///
    /// @param weight of a chain's vote, at least 0
    public Optional<Choice> choice(ToDoubleFunction<Chain> weight) {
        List<Chain> ordered = chains.stream().sorted(comparingInt(Chain::number)).toList();
        Ballot weighted = new Ballot();
        ordered.stream()
                .filter(Chain::votes)
                .forEach(chain -> weighted.add(vote(chain, weight.applyAsDouble(chain))));
        Optional<Ballot.Vote> winner = weighted.winner();
        if (winner.isPresent() && isVote(whole())) {
            int number = winner.get().agent();
            return ordered.stream()
                    .filter(chain -> chain.number() == number)
                    .findFirst()
                    .map(chain -> new Choice(Event.Method.VOTE, chain, chain.answer()));
        }
        List<Chain> whole = ordered.stream().filter(Chain::whole).toList();
        if (!whole.isEmpty()) {
            Chain medoid = whole.get(Medoid.of(whole.stream().map(Chain::text).toList()));
            return Optional.of(new Choice(Event.Method.MEDOID, medoid, Optional.empty()));
        }
        return bestEffort(ordered);
    }

    /// Returns the best of chains that were all cut off: one that got as far as an answer, or else
    /// the longest.
    private static Optional<Choice> bestEffort(List<Chain> ordered) {
        return ordered.stream()
                .filter(chain -> !chain.text().isEmpty())
                .max(
                        comparing((Chain chain) -> chain.answer().isPresent())
                                .thenComparingLong(Chain::length))
                .map(chain -> new Choice(Event.Method.ONLY, chain, chain.answer()));
    }
}
