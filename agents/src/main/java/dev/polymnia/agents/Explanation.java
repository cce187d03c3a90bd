package dev.polymnia.agents;

import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.platform.OwnTexts;
import java.util.List;
import java.util.Optional;

/// An answer that is rewritten for its reader: one more agent reads what the vote's winner wrote
/// and says in plain words how its result comes about. It may not change the result: where it comes
/// to another one, or to none, was cut off or failed, the winner's own words stand.
final class Explanation {
    private static final String TEMPLATE = "explain.txt";
    private static final int MAX_TOKENS = 384;

    /// What the winner wrote is cut here, so that it fits into the context.
    private static final int LONGEST = 8000;

    private Explanation() {}

    /// Has an answer explained; blocks until that is done.
    ///
    /// @param prompt what the team read
    /// @param winner of the vote
    /// @param words all that the winner wrote
    /// @param place of the agent that explains
    /// @return the answer for the reader; empty if the winner's own words stand
    static Optional<String> of(
            Run run, Prompt prompt, Chain winner, String words, Panel.Place place) {
        if (winner.answer().isEmpty()) {
            return Optional.empty();
        }
        String result = winner.answer().get();
        String task =
                OwnTexts.read(Explanation.class.getResourceAsStream(TEMPLATE), TEMPLATE)
                        .replace("@ANSWER@", winner.text())
                        .replace("@WORDS@", Cut.to(LONGEST, words));
        // Tools have had their say.
        Prompt asked = prompt.withHint(task.strip()).withTools(List.of());
        Approach approach = Approach.words("", Sampling.GREEDY, MAX_TOKENS).named("explain");
        List<Seat> seats = List.of(new Seat(place.number(), place.number(), approach));
        Agent.Start start = new Agent.Start(seats, place.wave(), run.brief()::laterOptions);
        return Panel.ask(run, asked, start, agent -> said(agent, result)).stream()
                .findFirst()
                .flatMap(said -> said);
    }

    private static Optional<String> said(Agent agent, String result) {
        return agent.comesTo(result) ? Optional.of(agent.said().strip()) : Optional.empty();
    }
}
