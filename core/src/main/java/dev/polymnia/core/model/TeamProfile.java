package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// How the agents of the Contemplating mode work on a question: chosen per model and
/// [class][dev.polymnia.core.TaskClass] on training questions.
///
/// @param instruction stands in the system message, which all agents share; may be empty
/// @param approaches how they go about it, at least one
/// @param stop when they are not all waited for
/// @param refinements how many agents read the answers of the others and answer anew where these do
///   not agree; 0 for none, which is right for small models
public record TeamProfile(
        String instruction, List<Approach> approaches, Stop stop, int refinements) {
    /// When a vote does not wait for all planned agents.
    public enum Stop {
        /// Never.
        NONE,
        /// When no vote that is still out can change the winner. The only one that guarantees it.
        LOSSLESS,
        /// Between waves, when the leader probably stays ahead.
        BETA,
        /// `BETA` between waves, `LOSSLESS` within one.
        AUTO,
        /// As `AUTO`, and when all planned agents but two have ended: who is last is not waited
        /// for.
        STRAGGLER;

        /// Returns whether the guarantee ends a vote.
        public boolean isLossless() {
            return this == LOSSLESS || this == AUTO || this == STRAGGLER;
        }

        /// Returns whether a probability ends a vote between waves.
        public boolean isBeta() {
            return this == BETA || this == AUTO || this == STRAGGLER;
        }
    }

    /// Checks and copies the parts.
    public TeamProfile {
        requireNonNull(instruction, "instruction is null");
        approaches = List.copyOf(approaches);
        requireNonNull(stop, "stop is null");
        if (refinements < 0) {
            throw new IllegalArgumentException(refinements + " refinements; choose 0 or more");
        }
        if (approaches.isEmpty()) {
            throw new IllegalArgumentException("a team needs at least one approach");
        }
    }

    /// Creates a profile without refinements.
    public TeamProfile(String instruction, List<Approach> approaches, Stop stop) {
        this(instruction, approaches, stop, 0);
    }

    /// Returns this profile with another stop.
    public TeamProfile withStop(Stop value) {
        return new TeamProfile(instruction, approaches, value, refinements);
    }

    /// Returns this profile with another number of refinements.
    public TeamProfile withRefinements(int value) {
        return new TeamProfile(instruction, approaches, stop, value);
    }

    /// Returns this profile with other approaches.
    public TeamProfile withApproaches(List<Approach> value) {
        return new TeamProfile(instruction, value, stop, refinements);
    }

    /// Returns this profile with those approaches only that pass; with all if none does.
    public TeamProfile only(Predicate<Approach> passes) {
        List<Approach> passing = approaches.stream().filter(passes).toList();
        return passing.isEmpty() ? this : withApproaches(passing);
    }

    /// Deals approaches to agents, evenly: of as many as there are seats each approach has its own,
    /// and so has, as nearly as can be, every beginning. The first of fewer agents are dealt the
    /// same. An approach at temperature 0 is dealt once, as a second agent would say the same,
    /// unless there is no other.
    ///
    /// @param agents how many, 0 or more
    public List<Approach> deal(int agents) {
        List<Approach> dealt = new ArrayList<>();
        int[] begun = new int[approaches.size()];
        boolean drawn = approaches.stream().anyMatch(TeamProfile::isDrawn);
        while (dealt.size() < agents) {
            int next = -1;
            for (int i = 0; i < begun.length; i++) {
                boolean again = begun[i] == 0 || !drawn || isDrawn(approaches.get(i));
                boolean fewer =
                        next < 0 || (long) begun[i] * seats(next) < (long) begun[next] * seats(i);
                if (again && fewer) {
                    next = i;
                }
            }
            begun[next]++;
            dealt.add(approaches.get(next));
        }
        return List.copyOf(dealt);
    }

    private static boolean isDrawn(Approach approach) {
        return approach.sampling().temperature() > 0;
    }

    private int seats(int approach) {
        return approaches.get(approach).seats();
    }
}
