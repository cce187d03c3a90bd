package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Event;
import java.util.Locale;
import java.util.Optional;

/// Where a run stands.
public enum RunState {
    /// It is at work, or was when its server ended.
    RUNNING,
    /// It waits until its client has run tools.
    WAITING,
    /// It has an answer.
    FINISHED,
    /// It has none.
    FAILED,
    /// Somebody ended it.
    CANCELLED;

    /// Returns whether nothing will happen any more.
    public boolean isOver() {
        return this != RUNNING && this != WAITING;
    }

    /// Returns what it is called in the database and by clients.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the state of that name.
    static RunState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Returns where an event leaves a run; empty if it goes on.
    static Optional<RunState> after(Event event) {
        return switch (event) {
            case Event.RunFinished _ -> Optional.of(FINISHED);
            case Event.RunFailed failed ->
                    Optional.of(failed.code() == Fault.Code.CANCELLED ? CANCELLED : FAILED);
            case Event.Suspended _ -> Optional.of(WAITING);
            case Event.RunStarted _,
                    Event.BudgetRaised _,
                    Event.AgentStarted _,
                    Event.Told _,
                    Event.ToolFinished _,
                    Event.AgentFinished _,
                    Event.Tally _,
                    Event.StoppedEarly _,
                    Event.JoinStarted _,
                    Event.AnswerDelta _ ->
                    Optional.empty();
        };
    }
}
