package dev.polymnia.agents;

import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.List;
import java.util.Optional;

/// Agents that reason in parallel on one trunk and vote. The trunk is read once; the agents differ
/// by their approaches and seeds. [Waves] says who begins when and when it is over, [Poll] what it
/// comes to. Where the model's profile wants it and the agents do not agree, a second round
/// [refines][Refinement] what the first has said.
///
/// If the budget ends, the best answer so far is the answer.
final class Contemplate implements Strategy {
    @Override
    public RunResult answer(Run run) {
        TeamProfile profile = run.team();
        Prompt prompt = run.prompt(profile.instruction(), profile.approaches());
        Team.Round round = Team.Round.first(run);
        try (Trunk trunk = run.model().open(prompt);
                Team team = new Team(run, trunk, prompt, profile, round)) {
            Optional<Event.StoppedEarly> stop = team.work();
            if (team.isSuspended()) {
                return team.suspend();
            }
            stop.ifPresent(run::tell);
            boolean spent = isCutShort(stop);
            Event.Tally tally = team.poll().tally();
            boolean settled = spent || profile.refinements() == 0 || !Refinement.isWanted(tally);
            return new RunResult.Answered(
                    settled
                            ? converge(run, team, spent)
                            : refine(run, team, profile, prompt, round));
        }
    }

    /// Returns whether more would have been said.
    private static boolean isCutShort(Optional<Event.StoppedEarly> stop) {
        return stop.filter(early ->
                        early.rule() == Event.Rule.BUDGET || early.rule() == Event.Rule.REQUEST)
                .isPresent();
    }

    private static Outcome converge(Run run, Team team, boolean spent) {
        run.request().cancellation().check();
        return conclude(run, team.poll().choice().orElseThrow(team::noWords), spent);
    }

    private static Outcome refine(
            Run run, Team first, TeamProfile profile, Prompt prompt, Team.Round round) {
        Poll.Choice before = first.poll().choice().orElseThrow(first::noWords);
        TeamProfile again = Refinement.team(profile);
        // Tools have had their say in the first round.
        Prompt joined =
                Refinement.prompt(prompt, first.chains(), run.request().seed())
                        .withTools(List.of());
        Team.Round next = round.next(profile.refinements(), first.waves());
        try (Trunk trunk = run.model().open(joined);
                Team team = new Team(run, trunk, joined, again, next)) {
            Optional<Event.StoppedEarly> stop = team.work();
            stop.ifPresent(run::tell);
            run.request().cancellation().check();
            Poll.Choice choice =
                    Refinement.guarded(before, first.poll().tally(), team.poll().choice());
            return conclude(run, choice, isCutShort(stop));
        }
    }

    private static Outcome conclude(Run run, Poll.Choice choice, boolean spent) {
        run.tell(new Event.JoinStarted(choice.method()));
        run.tell(new Event.AnswerDelta(choice.chain().text()));
        return new Outcome(choice.chain().text(), choice.answer(), spent || choice.partial());
    }
}
