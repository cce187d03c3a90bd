package dev.polymnia.app.chat;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.RunEvent;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Keeps what is asked for after a run: what it cost and what each agent said. Confined to the
/// thread of the run.
final class LastRun implements RunListener {
    private final SortedMap<Integer, StringBuilder> words = new TreeMap<>();
    private Optional<Ledger> ledger = Optional.empty();

    @Override
    public void on(RunEvent event) {
        switch (event.event()) {
            case Event.Told(BranchEvent.Delta delta) ->
                    words.computeIfAbsent(event.branch(), _ -> new StringBuilder())
                            .append(delta.text());
            case Event.RunFinished finished -> ledger = Optional.of(finished.ledger());
            case Event.RunFailed failed -> ledger = Optional.of(failed.ledger());
            case Event.Told _,
                    Event.RunStarted _,
                    Event.BudgetRaised _,
                    Event.AgentStarted _,
                    Event.ToolFinished _,
                    Event.Suspended _,
                    Event.AgentFinished _,
                    Event.Tally _,
                    Event.StoppedEarly _,
                    Event.JoinStarted _,
                    Event.AnswerDelta _ -> {}
        }
    }

    /// Returns what the run cost; empty before it has ended.
    Optional<Ledger> ledger() {
        return ledger;
    }

    /// Returns how many agents said something.
    int agents() {
        return words.size();
    }

    /// Returns what an agent said and thought.
    ///
    /// @param agent its number from 0
    Optional<String> words(int agent) {
        return Optional.ofNullable(words.get(agent)).map(StringBuilder::toString);
    }
}
