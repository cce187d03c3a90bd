package dev.polymnia.agents;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Chains that are sampled on one trunk and all run to their end: what a branch bank holds. At most
/// 16 are at work at once, half of them words and half programs while there are both; which ones
/// are together changes no chain. Used once.
final class Gather implements Strategy {
    /// Of each kind.
    private static final int AT_ONCE = RunRequest.MOST_AGENTS / 2;

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
    public Outcome answer(Run run) {
        SortedMap<Integer, Agent> agents = new TreeMap<>();
        try (Trunk trunk = run.model().open(run.prompt())) {
            int most = Math.max(roster.words(), roster.programs());
            for (int begun = 0; begun < most; begun += AT_ONCE) {
                run.request().cancellation().check();
                List<Agent> together = start(run, trunk, begun);
                together.forEach(agent -> agents.put(agent.number(), agent));
                finish(run, agents, together.size());
            }
            for (Agent agent : agents.values()) {
                Stops.checkCancelled(run, agent);
                chains.add(agent.chain());
            }
            return outcome(run, agents);
        } finally {
            agents.values().forEach(Agent::close);
        }
    }

    private List<Agent> start(Run run, Trunk trunk, int begun) {
        int words = Math.clamp(roster.words() - begun, 0, AT_ONCE);
        int programs = Math.clamp(roster.programs() - begun, 0, AT_ONCE);
        if (run.account().admit(words + programs) < words + programs) {
            throw Stops.spent(run);
        }
        int wave = begun / AT_ONCE + 1;
        Prompt prompt = run.prompt();
        List<Agent> together = new ArrayList<>();
        together.addAll(Agent.startAll(run, begun, words, wave, trunk));
        together.addAll(
                Agent.startAll(
                        run,
                        Roster.FIRST_PROGRAM + begun,
                        programs,
                        wave,
                        trunk,
                        prompt.withHint(roster.hint()),
                        Optional.of(roster.runner())));
        return together;
    }

    private static void finish(Run run, SortedMap<Integer, Agent> agents, int count) {
        int done = 0;
        while (done < count) {
            Run.Told told = run.next();
            Agent agent = agents.get(told.agent());
            if (agent == null) {
                throw new IllegalStateException("an event of agent " + told.agent());
            }
            agent.take(told.event());
            if (agent.isDone()) {
                agent.tellFinished();
                done++;
            }
        }
    }

    private Outcome outcome(Run run, SortedMap<Integer, Agent> agents) {
        Poll poll = new Poll(chains.size());
        chains.forEach(poll::add);
        run.tell(poll.tally());
        Poll.Choice choice = poll.choice().orElseThrow(() -> noWords(agents));
        run.tell(new Event.JoinStarted(choice.method()));
        run.tell(new Event.AnswerDelta(choice.chain().text()));
        return new Outcome(choice.chain().text(), choice.answer(), choice.partial());
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
