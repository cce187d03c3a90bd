package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Approach;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.TeamProfile;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Chains that are sampled on one trunk and all run to their end: what a branch bank holds. At most
/// 16 are at work at once, half of them words and half programs while there are both; which ones
/// are together changes no chain. Used once.
final class Gather implements Strategy {
    /// Of each kind.
    private static final int AT_ONCE = 8;

    private static final Approach PLAIN = Approach.words("", Sampling.GREEDY, 1);

    private final Roster roster;
    private final List<Chain> chains = new ArrayList<>();

    Gather(Roster roster) {
        this.roster = roster;
    }

    /// Returns the chains, in the order of their numbers, once they are sampled.
    List<Chain> chains() {
        return List.copyOf(chains);
    }

    @Override
    public RunResult answer(Run run) {
        SortedMap<Integer, Agent> agents = new TreeMap<>();
        TeamProfile profile = run.brief().team();
        Prompt prompt = run.brief().prompt(profile.instruction());
        try (Trunk trunk = run.open(prompt, profile.approaches().getFirst())) {
            int most = Math.max(roster.words(), roster.programs());
            for (int begun = 0; begun < most; begun += AT_ONCE) {
                run.request().cancellation().check();
                List<Agent> together = start(run, trunk, prompt, begun);
                together.forEach(agent -> agents.put(agent.number(), agent));
                finish(run, agents, together.size());
            }
            for (Agent agent : agents.values()) {
                Stops.checkCancelled(run, agent);
                checkRun(agent);
                chains.add(agent.chain());
            }
            return new RunResult.Answered(outcome(run, agents));
        } finally {
            agents.values().forEach(Agent::close);
        }
    }

    private List<Agent> start(Run run, Trunk trunk, Prompt prompt, int begun) {
        List<Seat> seats = new ArrayList<>();
        addSeats(seats, run, false, roster.words(), begun);
        addSeats(seats, run, true, roster.programs(), begun);
        if (run.account().admit(seats.size()) < seats.size()) {
            throw Stops.spent(run);
        }
        return Agent.startAll(
                run,
                new Agent.Start(seats, begun / AT_ONCE + 1, run.brief()::options),
                trunk,
                prompt);
    }

    private static void addSeats(List<Seat> seats, Run run, boolean programs, int most, int begun) {
        int end = Math.min(most, begun + AT_ONCE);
        if (begun >= end) {
            return;
        }
        Approach approach = approach(run, programs);
        int first = programs ? Roster.FIRST_PROGRAM : 0;
        for (int number = first + begun; number < first + end; number++) {
            seats.add(new Seat(number, number, approach));
        }
    }

    private static Approach approach(Run run, boolean program) {
        return run.brief().team().approaches().stream()
                .filter(approach -> (approach.kind() == Approach.Kind.PROGRAM) == program)
                .findFirst()
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.UNSUPPORTED,
                                "The profile of %s has no approach in %s for questions of the class %s; ask for a bank without."
                                        .formatted(
                                                run.model().info().name(),
                                                program ? "programs" : "words",
                                                run.brief().question().word())));
    }

    private static void finish(Run run, SortedMap<Integer, Agent> agents, int count) {
        int done = 0;
        while (done < count) {
            Optional<Agent> ended = run.hear(agents).filter(Agent::isDone);
            if (ended.isPresent()) {
                ended.get().tellFinished();
                done++;
            }
        }
    }

    private Outcome outcome(Run run, SortedMap<Integer, Agent> agents) {
        Poll poll = new Poll(Collections.nCopies(chains.size(), PLAIN));
        for (int i = 0; i < chains.size(); i++) {
            poll.add(chains.get(i).withNumber(i));
        }
        run.tell(poll.tally());
        Poll.Choice choice = poll.choice().orElseThrow(() -> noWords(agents));
        run.tell(new Event.JoinStarted(choice.method()));
        run.tell(new Event.AnswerDelta(choice.chain().text()));
        return new Outcome(choice.chain().text(), choice.answer(), choice.partial());
    }

    /// A program that could not be run says nothing about the question, so the bank must not hold
    /// it as one that failed.
    private static void checkRun(Agent agent) {
        if (agent.unrunnable().isPresent()) {
            throw agent.unrunnable().get();
        }
    }

    private static Fault noWords(SortedMap<Integer, Agent> agents) {
        return agents.values().stream()
                .map(Agent::failure)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() ->
                        new Fault(
                                Fault.Code.INTERNAL,
                                "None of the %d chains has an answer that can be shown."
                                        .formatted(agents.size())));
    }
}
