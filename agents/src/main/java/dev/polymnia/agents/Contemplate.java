package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
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
/// comes to. Where the agents do not agree, more agents [check][Check] their answers, if the
/// request wants that; else a second round [refines][Refinement] them, if the model's profile wants
/// that.
///
/// If the budget ends, the best answer so far is the answer. Else it is put into a [form][Form] or
/// [explained][Explanation], if the request wants that.
final class Contemplate implements Strategy {
    @Override
    public RunResult answer(Run run) {
        TeamProfile profile = run.brief().team();
        Prompt prompt = run.brief().prompt(profile.instruction());
        try (Trunk trunk = run.open(prompt, profile.approaches().getFirst());
                Team team = new Team(run, trunk, prompt, profile, Team.Round.first(run))) {
            Optional<Event.StoppedEarly> stop = team.work();
            if (team.isSuspended()) {
                return team.suspend();
            }
            stop.ifPresent(run::tell);
            boolean spent = isCutShort(stop);
            boolean open = !spent && isOpen(team.poll());
            if (open && run.request().team().checked()) {
                return new RunResult.Answered(check(run, team, prompt));
            }
            int refinements = profile.refinements();
            if (open && refinements > 0 && run.account().agentsLeft() >= refinements) {
                return new RunResult.Answered(refine(run, team, profile, prompt));
            }
            return new RunResult.Answered(converge(run, team, prompt, spent));
        }
    }

    /// Returns whether there are answers, of which none is settled.
    private static boolean isOpen(Poll poll) {
        return Refinement.isWanted(poll.tally())
                && poll.choice().filter(choice -> choice.method() == Event.Method.VOTE).isPresent();
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
        return conclude(run, choice, spent, () -> make(run, prompt, team, choice, team.after()));
    }

    private static Outcome check(Run run, Team team, Prompt prompt) {
        Poll.Choice before = team.poll().choice().orElseThrow(team::noWords);
        Check check = new Check(run, team.poll(), team.after());
        Poll.Choice choice = check.choice(prompt).orElse(before);
        return conclude(
                run,
                choice,
                run.isFinishing(),
                () -> make(run, prompt, team, choice, check.after()));
    }

    private static Outcome refine(Run run, Team first, TeamProfile profile, Prompt prompt) {
        Poll.Choice before = first.poll().choice().orElseThrow(first::noWords);
        Refined refined = refined(run, first, profile, prompt, before);
        return conclude(
                run,
                refined.choice(),
                refined.cutShort(),
                () -> make(run, prompt, refined.winners(), refined.choice(), refined.after()));
    }

    /// What a second round came to.
    ///
    /// @param winners whose words the choice is
    /// @param after the place of whoever is asked next
    /// @param cutShort whether more would have been said
    private record Refined(Poll.Choice choice, Team winners, Panel.Place after, boolean cutShort) {}

    private static Refined refined(
            Run run, Team first, TeamProfile profile, Prompt prompt, Poll.Choice before) {
        TeamProfile again = Refinement.team(profile);
        // Tools have had their say in the first round.
        Prompt joined =
                Refinement.prompt(prompt, first.chains(), run.request().seed())
                        .withTools(List.of());
        Team.Round next = first.next(profile.refinements());
        try (Trunk trunk = run.open(joined, again.approaches().getFirst());
                Team team = new Team(run, trunk, joined, again, next)) {
            Optional<Event.StoppedEarly> stop = team.work();
            stop.ifPresent(run::tell);
            run.request().cancellation().check();
            boolean cutShort = isCutShort(stop);
            Poll.Choice choice =
                    cutShort
                            ? before
                            : Refinement.guarded(
                                    before, first.poll().tally(), team.poll().choice());
            // If the guard held, the words are those of the first round.
            Team winners = choice.equals(before) ? first : team;
            return new Refined(choice, winners, team.after(), cutShort);
        } catch (Fault fault) {
            if (fault.code() == Fault.Code.CANCELLED) {
                throw fault;
            }
            // What the first round came to must not be lost, for example because the candidates do
            // not fit into the context.
            System.getLogger("polymnia")
                    .log(System.Logger.Level.DEBUG, "there is no second round", fault);
            return new Refined(before, first, first.after(), false);
        }
    }

    /// Tells the answer.
    ///
    /// @param spent whether it is only the best so far
    /// @param making asked for an answer that is made for the reader
    private static Outcome conclude(
            Run run, Poll.Choice choice, boolean spent, Supplier<Optional<String>> making) {
        run.tell(new Event.JoinStarted(choice.method()));
        Optional<String> made = spent ? Optional.empty() : making.get();
        String text = made.orElseGet(() -> choice.chain().text());
        run.tell(new Event.AnswerDelta(text));
        boolean formless = run.brief().putsIntoForm() && made.isEmpty();
        return new Outcome(text, choice.answer(), spent || choice.partial() || formless);
    }

    /// Has the answer put into a form or explained, if that is wanted.
    ///
    /// @param prompt what the first round read
    /// @param winners whose words they are
    /// @param place of the agent that does it
    private static Optional<String> make(
            Run run, Prompt prompt, Team winners, Poll.Choice choice, Panel.Place place) {
        if (run.brief().putsIntoForm()) {
            return Form.of(run, prompt, choice.chain().text(), place);
        }
        // What code was voted for is how it behaves, which no words come to: they would be in vain.
        boolean code = choice.chain().kind() == Approach.Kind.CODE;
        if (code || !run.request().team().explained() || choice.method() != Event.Method.VOTE) {
            return Optional.empty();
        }
        String words = winners.words(choice.chain());
        return Explanation.of(run, prompt, choice.chain(), words, place);
    }
}
