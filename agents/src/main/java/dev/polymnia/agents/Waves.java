package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.TeamProfile.Stop;
import dev.polymnia.core.run.Event;
import java.util.Optional;

/// Which agents of a team begin when, and when those that are still out are no longer waited for.
/// Contemplating asks one while its agents work; who replays a vote asks one over stored chains.
/// Confined to one thread.
///
/// There are waves of 4, 4 more, 8 more, always twice as many, if the Beta rule may end the run
/// between two of them; else all agents begin at once. A wave also begins before the one before it
/// has ended, as soon as that one can no longer end the run: the same agents begin as if it had
/// been waited for, only earlier.
public final class Waves {
    private static final int FIRST = 4;

    /// So many are not waited for by the rule for stragglers.
    private static final int STRAGGLERS = 2;

    private final Poll poll;
    private final Stop stop;
    private int begun;

    /// What to do next.
    public sealed interface Step {
        /// Begin more agents.
        ///
        /// @param agents how many, at least 1
        record Begin(int agents) implements Step {}

        /// Wait for the next agent to end.
        record Wait() implements Step {}

        /// Wait for nobody any more.
        ///
        /// @param why it is over before its last agent; empty if all have ended
        record Over(Optional<Event.StoppedEarly> why) implements Step {
            /// Checks the part.
            public Over {
                requireNonNull(why, "why is null");
            }
        }
    }

    /// Creates the waves of a vote.
    ///
    /// @param poll holds the chains that have ended
    public Waves(Poll poll, Stop stop) {
        this.poll = requireNonNull(poll, "poll is null");
        this.stop = requireNonNull(stop, "stop is null");
    }

    /// Notes that so many have begun already.
    void restore(int agents) {
        begun = agents;
    }

    /// Returns how many more are to begin before their time: the next wave; 0 if all have begun.
    /// They count as begun.
    int more() {
        return begun == poll.planned() ? 0 : begin().agents();
    }

    /// Returns what to do now. Ask at the beginning, whenever a chain was added to the poll, and
    /// after agents have begun; those of a [Begin][Step.Begin] count as begun.
    public Step next() {
        if (stop.isLossless()) {
            Optional<Event.StoppedEarly> settled = poll.lossless();
            if (settled.isPresent()) {
                return new Step.Over(settled);
            }
        }
        int out = begun - poll.ended();
        if (poll.ended() == poll.planned()) {
            return new Step.Over(Optional.empty());
        }
        if (out == 0 && begun > 0 && stop.isBeta()) {
            Optional<Event.StoppedEarly> ahead = poll.beta();
            if (ahead.isPresent()) {
                return new Step.Over(ahead);
            }
        }
        int spared = spared();
        if (poll.planned() - poll.ended() <= spared) {
            return new Step.Over(Optional.of(EarlyStop.straggler(poll.ended(), poll.planned())));
        }
        boolean all = poll.planned() - begun <= spared;
        if (all || (out > 0 && stop.isBeta() && poll.mayBeAhead(out))) {
            return new Step.Wait();
        }
        return begin();
    }

    /// Returns how many at the end are neither waited for nor begun.
    private int spared() {
        return stop == Stop.STRAGGLER && poll.planned() > FIRST ? STRAGGLERS : 0;
    }

    private Step.Begin begin() {
        int after = begun == 0 ? FIRST : 2 * begun;
        int most = stop.isBeta() ? Math.min(after, poll.planned()) : poll.planned();
        int agents = most - begun;
        begun = most;
        return new Step.Begin(agents);
    }
}
