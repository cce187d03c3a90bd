package dev.polymnia.eval.run;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.model.StopReason;
import dev.polymnia.core.model.Usage;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.eval.AgentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes down what the agents of one run do. Confined to the run's thread.
final class Recorder implements RunListener {
    private final SortedMap<Integer, Notes> agents = new TreeMap<>();
    private Optional<String> stop = Optional.empty();
    private @Nullable Ledger ledger;

    private static final class Notes {
        private final int wave;
        private final long seed;
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private Event.@Nullable AgentFinished finished;

        Notes(int wave, long seed) {
            this.wave = wave;
            this.seed = seed;
        }

        AgentResult result(int index, Usage spent) {
            Event.AgentFinished end = finished;
            return new AgentResult(
                    index,
                    wave,
                    seed,
                    reasoning.toString(),
                    text.toString(),
                    end == null ? Optional.empty() : end.answer(),
                    end != null && end.votes(),
                    end == null ? Double.NaN : end.confidence(),
                    end == null ? StopReason.CANCELLED : end.reason(),
                    end == null ? spent : end.usage(),
                    Optional.empty());
        }
    }

    @Override
    public void on(RunEvent event) {
        switch (event.event()) {
            case Event.AgentStarted started ->
                    agents.put(event.branch(), new Notes(started.wave(), started.seed()));
            case Event.Told told -> take(event.branch(), told.event());
            case Event.AgentFinished finished -> notes(event.branch()).finished = finished;
            case Event.StoppedEarly early -> stop = Optional.of(early.words());
            case Event.RunFinished finished -> ledger = finished.ledger();
            case Event.RunFailed failed -> ledger = failed.ledger();
            case Event.RunStarted _,
                    Event.BudgetRaised _,
                    Event.ToolFinished _,
                    Event.Suspended _,
                    Event.Tally _,
                    Event.JoinStarted _,
                    Event.AnswerDelta _ -> {}
        }
    }

    private void take(int agent, BranchEvent event) {
        if (event instanceof BranchEvent.Delta delta) {
            Notes notes = notes(agent);
            (delta.channel() == Channel.REASONING ? notes.reasoning : notes.text)
                    .append(delta.text());
        }
    }

    private Notes notes(int agent) {
        Notes notes = agents.get(agent);
        if (notes == null) {
            throw new IllegalStateException("an event of agent " + agent + " before its start");
        }
        return notes;
    }

    /// Returns what the agents did, by their numbers. An agent that the run did not wait for has
    /// the tokens of the ledger and was cancelled.
    List<AgentResult> agents() {
        List<AgentResult> results = new ArrayList<>();
        agents.forEach((index, notes) -> results.add(notes.result(index, spent(index))));
        return results;
    }

    /// Returns what was spent for all agents together.
    Usage shared() {
        return spent(Ledger.SHARED);
    }

    private Usage spent(int agent) {
        Ledger known = ledger;
        return known == null
                ? Usage.NONE
                : known.entries().stream()
                        .filter(entry -> entry.agent() == agent)
                        .map(Ledger.Entry::usage)
                        .reduce(Usage.NONE, Usage::plus);
    }

    /// Returns the cost of remote calls, in millionths.
    long money() {
        Ledger known = ledger;
        return known == null ? 0 : known.money();
    }

    /// Returns why the run did not wait for all agents, in words.
    Optional<String> stop() {
        return stop;
    }
}
