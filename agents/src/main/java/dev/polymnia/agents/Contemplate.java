package dev.polymnia.agents;

import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Agents that reason in parallel on one trunk and vote. What they share is read once; they differ
/// by their approaches and seeds. [Waves] says who begins when and when it is over, [Poll] what it
/// comes to. Where the model's profile wants it and the agents do not agree, a second round
/// [refines][Refinement] what the first has said.
///
/// If the budget ends, the best answer so far is the answer. Else it is [explained][Explanation],
/// if the request wants that.
final class Contemplate implements Strategy {
    @Override
    public RunResult answer(Run run) {
        TeamProfile profile = run.team();
        Prompt prompt = run.prompt(profile.instruction());
        Team.Round round = Team.Round.first(run);
        try (Trunk trunk = run.open(prompt, profile.approaches().getFirst());
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
                            ? converge(run, team, prompt, spent)
                            : refine(run, team, profile, prompt, round));
        }
    }

    /// Returns whether more would have been said.
    private static boolean isCutShort(Optional<Event.StoppedEarly> stop) {
        return stop.filter(early ->
                        early.rule() == Event.Rule.BUDGET || early.rule() == Event.Rule.REQUEST)
                .isPresent();
    }

    private static Outcome converge(Run run, Team team, Prompt prompt, boolean spent) {
        run.request().cancellation().check();
        Poll.Choice choice = team.poll().choice().orElseThrow(team::noWords);
        return conclude(run, choice, spent, () -> explain(run, prompt, team, choice, team));
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
        try (Trunk trunk = run.open(joined, again.approaches().getFirst());
                Team team = new Team(run, trunk, joined, again, next)) {
            Optional<Event.StoppedEarly> stop = team.work();
            stop.ifPresent(run::tell);
            run.request().cancellation().check();
            Poll.Choice choice =
                    Refinement.guarded(before, first.poll().tally(), team.poll().choice());
            // If the guard held, the words are those of the first round.
            Team winners = choice.equals(before) ? first : team;
            return conclude(
                    run,
                    choice,
                    isCutShort(stop),
                    () -> explain(run, prompt, winners, choice, team));
        }
    }

    /// Tells the answer.
    ///
    /// @param spent whether it is only the best so far
    /// @param explanation asked for an answer that is made for the reader
    private static Outcome conclude(
            Run run, Poll.Choice choice, boolean spent, Supplier<Optional<String>> explanation) {
        run.tell(new Event.JoinStarted(choice.method()));
        String text =
                (spent ? Optional.<String>empty() : explanation.get())
                        .orElseGet(() -> choice.chain().text());
        run.tell(new Event.AnswerDelta(text));
        return new Outcome(text, choice.answer(), spent || choice.partial());
    }

    /// Has the answer explained, if that is wanted.
    ///
    /// @param prompt what the first round read
    /// @param winners whose words they are
    /// @param last the team that worked last
    private static Optional<String> explain(
            Run run, Prompt prompt, Team winners, Poll.Choice choice, Team last) {
        if (!run.request().team().explained() || choice.method() != Event.Method.VOTE) {
            return Optional.empty();
        }
        Explanation.Place place = new Explanation.Place(last.next(), last.waves() + 1);
        String words = winners.words(choice.chain());
        return Explanation.of(run, prompt, choice.chain(), words, place);
    }
}
