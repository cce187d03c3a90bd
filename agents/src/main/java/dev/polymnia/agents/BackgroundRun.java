package dev.polymnia.agents;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Outcome;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// A run that goes on by itself, for hours if its budget allows: it can be asked for its best
/// answer so far, told to end with that, or be cancelled, at any moment. Thread-safe.
public final class BackgroundRun implements AutoCloseable {
    private final Run run;
    private final Cancellation cancellation;
    private final ExecutorService worker;
    private final Future<RunResult> result;

    /// Starts a run on a thread of its own.
    ///
    /// @param run is that thread's from now on
    /// @param work the whole run
    BackgroundRun(Run run, Supplier<RunResult> work) {
        this.run = requireNonNull(run, "run is null");
        cancellation = run.request().cancellation();
        String name = "run-" + run.request().run();
        worker = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
        result = worker.submit(work::get);
    }

    /// Returns the best answer so far, which is partial as long as the run lasts; empty before
    /// there are words, and where a run had none.
    public Optional<Outcome> best() {
        return run.best();
    }

    /// Returns whether the run is over.
    public boolean isOver() {
        return result.isDone();
    }

    /// Asks the run to end with its best answer so far; returns at once. Does nothing to a run that
    /// is over.
    public void finish() {
        run.finish();
    }

    /// Asks a team at work for one more wave of agents, within the limits of the run; returns at
    /// once. It is the next one that is planned, or as many agents as there are. Does nothing once
    /// the vote is over, where no token or time is left, and to a team that has all the agents that
    /// a run may have.
    ///
    /// @throws Fault `INVALID` if the run has no team; `BUDGET_SPENT` if its budget allows no more
    ///   agents
    public void more() {
        if (!run.request().hasTeam()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The run '%s' has no team that more agents could join; ask in the mode contemplating."
                            .formatted(run.request().run()));
        }
        if (run.account().agentsLeft() == 0) {
            throw new Fault(
                    Fault.Code.BUDGET_SPENT,
                    "The budget of the run '%s' allows %d agents, and all of them have begun."
                            .formatted(run.request().run(), run.account().budget().agents()));
        }
        run.more();
    }

    /// Returns the limits of the run.
    public Budget budget() {
        return run.account().budget();
    }

    /// Raises the limits of the run; returns at once. What is lower than it was stays as it was,
    /// and so does how many agents there are. Too late for a run whose budget is spent: it ends.
    public void raise(Budget limits) {
        run.raise(limits);
    }

    /// Asks the run to end without an answer; returns at once. Does nothing to a run that is over.
    public void cancel() {
        if (!isOver()) {
            cancellation.request();
        }
    }

    /// Waits for the end of the run.
    ///
    /// @return as [Assistant#begin]; partial if the run was told to finish
    /// @throws Fault as [Assistant#begin]; `CANCELLED` if this thread is interrupted, and then the
    ///   run goes on
    public RunResult await() {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new Fault(Fault.Code.INTERNAL, "The run broke: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The wait for the run was interrupted.", e);
        }
    }

    /// Cancels the run if it goes on, and waits until nothing of it is left.
    @Override
    public void close() {
        cancel();
        worker.close();
    }
}
