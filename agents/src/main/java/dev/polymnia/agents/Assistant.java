package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchingModel;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Outcome;

/// Answers questions with a model, in the mode that each asks for. Thread-safe: any number of runs
/// at once.
public final class Assistant {
    private final BranchingModel model;
    private final Clock clock;

    /// Creates an assistant.
    ///
    /// @param model answers; it stays the caller's, who closes it
    /// @param clock tells the time that budgets are held against
    public Assistant(BranchingModel model, Clock clock) {
        this.model = requireNonNull(model, "model is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// Answers one question; blocks until the answer is there.
    ///
    /// @param request the question
    /// @param listener is told what happens; the last event is a [RunFinished][Event.RunFinished]
    ///   or, if this method throws a fault, a [RunFailed][Event.RunFailed]
    /// @return the answer; partial if the budget ended the run
    /// @throws Fault with `CANCELLED` if the run was cancelled or this thread interrupted,
    ///   `BUDGET_SPENT` if the budget ended before there were words, `CONTEXT_FULL` if the question
    ///   is longer than the model's context, or as the model failed
    public Outcome answer(RunRequest request, RunListener listener) {
        Run run = new Run(request, model, clock, listener);
        run.tell(
                new Event.RunStarted(
                        request.mode(), model.info().name(), request.seed(), request.budget()));
        try {
            Outcome outcome = strategy(request).answer(run);
            run.tell(new Event.RunFinished(outcome, run.account().ledger()));
            return outcome;
        } catch (Fault fault) {
            run.tell(new Event.RunFailed(fault.code(), fault.getMessage(), run.account().ledger()));
            throw fault;
        }
    }

    private static Strategy strategy(RunRequest request) {
        return switch (request.mode()) {
            case INSTANT, THINKING -> new Single();
            case CONTEMPLATING -> new Contemplate();
        };
    }
}
