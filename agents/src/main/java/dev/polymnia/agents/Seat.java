package dev.polymnia.agents;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.TeamProfile;
import java.util.ArrayList;
import java.util.List;

/// An agent's place in a run, before it starts.
///
/// @param number the agent's number in the run, from 0
/// @param draw the number that its seed follows from
/// @param approach how it goes about the question
record Seat(int number, int draw, Approach approach) {
    /// Deals the seats of a team. The agents of an approach draw from numbers of their own, so that
    /// the first word is the same whether programs sit between the words or not, and the same as in
    /// a [branch bank][Roster].
    ///
    /// @param first the number of the first agent
    static List<Seat> deal(TeamProfile profile, int first, int agents) {
        List<Seat> seats = new ArrayList<>();
        int[] begun = new int[profile.approaches().size()];
        for (Approach approach : profile.deal(agents)) {
            int kind = profile.approaches().indexOf(approach);
            int draw = first + kind * Roster.MOST + begun[kind]++;
            seats.add(new Seat(first + seats.size(), draw, approach));
        }
        return List.copyOf(seats);
    }
}
