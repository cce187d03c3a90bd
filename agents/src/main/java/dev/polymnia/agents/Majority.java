package dev.polymnia.agents;

import java.util.Set;
import java.util.TreeSet;

/// Whether so many agents want something that it is done: more than half of all that were planned.
/// An agent that came to its end without asking for it was against it; one that was cut off or
/// failed before had no say and does not count. So one agent alone is its own majority. Confined to
/// the run's thread.
final class Majority {
    private int planned;
    private final Set<Integer> ended = new TreeSet<>();
    private final Set<Integer> dropped = new TreeSet<>();

    /// How it stands.
    enum Stand {
        YES,
        /// It depends on those who may still ask.
        OPEN,
        NO
    }

    /// @param planned how many agents there are to be at the most
    Majority(int planned) {
        this.planned = planned;
    }

    /// Notes that there are to be more.
    void plan(int agents) {
        planned = agents;
    }

    /// Notes that an agent is done.
    ///
    /// @param cut whether it was cut off or failed
    void finished(int agent, boolean cut) {
        (cut ? dropped : ended).add(agent);
    }

    /// Returns how it stands about what some agents have asked for.
    Stand of(Set<Integer> asked) {
        int speechless = (int) dropped.stream().filter(agent -> !asked.contains(agent)).count();
        int against = (int) ended.stream().filter(agent -> !asked.contains(agent)).count();
        int electorate = planned - speechless;
        int needed = electorate / 2 + 1;
        if (asked.size() >= needed) {
            return Stand.YES;
        }
        return electorate - against < needed ? Stand.NO : Stand.OPEN;
    }
}
