package dev.polymnia.agents;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A vote among chains while they end: how it stands, whether it is settled, and what it comes to.
/// Contemplating holds one while its agents work; who replays a vote holds one over stored chains,
/// and gets the same. Confined to one thread.
///
/// A chain has one vote if it is whole and holds a short answer; its [approach][Approach] says what
/// it weighs. If most whole chains hold none the text is free: then the medoid of the whole texts
/// is chosen.
public final class Poll {
    private final List<Approach> planned = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private final Ballot ballot = new Ballot();
    private double pendingWeight;

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
    /// @param planned the approaches of the chains that there are to be at the most, in the order
    ///   of their numbers
    public Poll(List<Approach> planned) {
        plan(planned);
    }

    /// Plans with more chains, behind the others.
    void plan(List<Approach> more) {
        planned.addAll(more);
        pendingWeight += more.stream().mapToDouble(Approach::mostWeight).sum();
    }

    /// Returns how many chains there are to be at the most.
    int planned() {
        return planned.size();
    }

    /// Returns how many chains have ended.
    int ended() {
        return chains.size();
    }

    /// Takes a chain that has ended.
    ///
    /// @param chain its number is its place among those that are planned
    public void add(Chain chain) {
        chains.add(chain);
        Approach approach = planned.get(chain.number());
        pendingWeight -= approach.mostWeight();
        if (chain.votes()) {
            ballot.add(vote(chain, approach));
        } else {
            ballot.addSilent();
        }
    }

    private static Ballot.Vote vote(Chain chain, Approach approach) {
        return new Ballot.Vote(
                chain.answer().orElseThrow(),
                chain.merit() * approach.weight(chain.confidence()),
                chain.confidence(),
                chain.length(),
                chain.number(),
                chain.merit() == 1);
    }

    /// Returns how the votes stand.
    Event.Tally tally() {
        return ballot.tally(pending());
    }

    private int pending() {
        return planned.size() - chains.size();
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
                ? EarlyStop.lossless(
                        ballot.leaderWeight(), ballot.secondWeight(), pending, pendingWeight)
                : Optional.empty();
    }

    /// Returns why no further wave need be begun: the votes so far, each counted as one, make it
    /// probable enough that the leader stays ahead. Votes for code that fails a shown test are no
    /// reason: those who fail alike are not right.
    public Optional<Event.StoppedEarly> beta() {
        return EarlyStop.beta(ballot.leader(), ballot.votes() - ballot.leader());
    }

    /// Returns whether an answer could be [far enough ahead][#beta] once so many more chains have
    /// ended, if all of them were for it.
    boolean mayBeAhead(int out) {
        return EarlyStop.beta(ballot.most() + out, ballot.votes() - ballot.most()).isPresent();
    }

    /// Returns what the votes come to; empty if no chain has any words.
    public Optional<Choice> choice() {
        List<Chain> ordered = chains.stream().sorted(comparingInt(Chain::number)).toList();
        Optional<Ballot.Vote> winner = ballot.winner();
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

    /// Returns what the votes for some answers come to; empty if there are none.
    Optional<Choice> among(Predicate<String> answers) {
        Poll some = new Poll(planned);
        chains.stream()
                .filter(chain -> chain.votes() && chain.answer().filter(answers).isPresent())
                .forEach(some::add);
        return some.choice();
    }

    /// Returns who speaks for each answer that has votes, the leader first.
    List<Chain> speakers() {
        return ballot.winners().stream()
                .flatMap(vote -> chains.stream().filter(chain -> chain.number() == vote.agent()))
                .toList();
    }

    /// Returns what tells what the votes so far come to, whatever is added later. It may be asked
    /// on any thread, and has to think only then.
    Supplier<Optional<Choice>> soFar() {
        List<Chain> ended = List.copyOf(chains);
        List<Approach> approaches = List.copyOf(planned);
        return () -> {
            Poll copy = new Poll(approaches);
            ended.forEach(copy::add);
            return copy.choice();
        };
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
