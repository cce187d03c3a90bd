package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import org.jspecify.annotations.Nullable;

/// Whether a branch runs, and how it stopped: what an implementation of [Branch] keeps of itself. A
/// branch begins, stops, and may begin again until it is closed. Thread-safe.
public final class BranchLife {
    private volatile boolean cancelled;
    private boolean running; // guarded by this
    private boolean closed; // guarded by this
    private @Nullable BranchResult result; // guarded by this
    private @Nullable Fault failure; // guarded by this

    /// Creates the life of a branch that has not begun.
    public BranchLife() {}

    /// Begins a start or a continuation.
    ///
    /// @throws IllegalStateException if the branch still runs or is closed
    public synchronized void begin() {
        checkStopped();
        running = true;
        cancelled = false;
        result = null;
        failure = null;
    }

    /// Checks that the branch could begin.
    ///
    /// @throws IllegalStateException if it still runs or is closed
    public synchronized void checkStopped() {
        if (running || closed) {
            throw new IllegalStateException(
                    running ? "the branch still runs" : "the branch is closed");
        }
    }

    /// Blocks until the branch has stopped; see [Branch#await].
    public synchronized BranchResult await() {
        while (running) {
            try {
                wait();
            } catch (InterruptedException e) {
                cancelled = true;
                Thread.currentThread().interrupt();
                throw new Fault(
                        Fault.Code.CANCELLED,
                        "The thread that awaited a branch was interrupted; the branch is"
                                + " cancelled.",
                        e);
            }
        }
        if (failure != null) {
            throw new Fault(failure.code(), failure.getMessage(), failure);
        }
        return requireNonNull(result);
    }

    /// Asks the branch to stop.
    public void cancel() {
        cancelled = true;
    }

    /// Returns whether somebody asked the branch to stop since it began.
    public boolean isCancelled() {
        return cancelled;
    }

    /// Asks the branch to stop, and not to begin again.
    ///
    /// @return whether it was open until now
    public synchronized boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        cancelled = true;
        return wasOpen;
    }

    /// Notes how the branch has stopped; its listener has been told.
    public synchronized void ended(BranchResult value) {
        result = value;
        running = false;
        notifyAll();
    }

    /// Notes why the branch has failed; its listener has been told.
    public synchronized void failed(Fault value) {
        failure = value;
        running = false;
        notifyAll();
    }

    /// Returns the fault for what a callback of a request threw.
    public static Fault faultOf(Throwable thrown) {
        return thrown instanceof Fault fault
                ? fault
                : new Fault(
                        Fault.Code.INTERNAL,
                        "The branch was ended because its listener, its meter or its stop hook"
                                + " threw "
                                + thrown,
                        thrown);
    }
}
