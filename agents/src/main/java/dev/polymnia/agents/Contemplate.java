package dev.polymnia.agents;

import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.Optional;

/// Agents that reason in parallel on one trunk and vote. The trunk is read once; the agents differ
/// by their approaches and seeds. [Waves] says who begins when and when it is over, [Poll] what it
/// comes to.
///
/// If the budget ends, the best answer so far is the answer.
final class Contemplate implements Strategy {
    @Override
    public Outcome answer(Run run) {
        TeamProfile profile = run.team();
        Prompt prompt = run.prompt(profile.instruction());
        try (Trunk trunk = run.model().open(prompt);
                Team team = new Team(run, trunk, prompt, profile)) {
            Optional<Event.StoppedEarly> stop = team.work();
            stop.ifPresent(run::tell);
            return converge(run, team, stop);
        }
    }

    private static Outcome converge(Run run, Team team, Optional<Event.StoppedEarly> stop) {
        boolean partial = stop.filter(early -> early.rule() == Event.Rule.BUDGET).isPresent();
        run.request().cancellation().check();
        Poll.Choice choice = team.poll().choice().orElseThrow(team::noWords);
        run.tell(new Event.JoinStarted(choice.method()));
        run.tell(new Event.AnswerDelta(choice.chain().text()));
        return new Outcome(choice.chain().text(), choice.answer(), partial || choice.partial());
    }
}
