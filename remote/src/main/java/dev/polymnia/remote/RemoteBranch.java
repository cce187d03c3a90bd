package dev.polymnia.remote;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A branch as its callers see it. Thread-safe.
final class RemoteBranch implements Branch {
    private final RemoteTrunk trunk;
    private volatile boolean cancelled;
    private boolean running; // guarded by this
    private boolean closed; // guarded by this
    private @Nullable BranchResult result; // guarded by this
    private @Nullable Fault failure; // guarded by this

    RemoteBranch(RemoteTrunk trunk) {
        this.trunk = trunk;
    }

    /// Returns the first or another course, which somebody is about to launch.
    ///
    /// @throws IllegalStateException if it still runs or is closed
    Course begin(BranchRequest request, BranchListener listener) {
        synchronized (this) {
            if (running || closed) {
                throw new IllegalStateException(
                        running ? "the branch still runs" : "the branch is closed");
            }
            running = true;
            cancelled = false;
            result = null;
            failure = null;
        }
        return new Course(this, request, listener, trunk.model().link().reasoning());
    }

    @Override
    public void resume(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        trunk.model().checkOpen();
        trunk.model().check(request);
        trunk.model().link().launch(List.of(begin(request, listener)));
    }

    @Override
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

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            cancelled = true;
        }
        trunk.forget(this);
    }

    RemoteTrunk trunk() {
        return trunk;
    }

    Faults faults() {
        return trunk.model().link().wire().faults();
    }

    boolean cancelled() {
        return cancelled;
    }

    synchronized void ended(BranchResult value) {
        result = value;
        running = false;
        notifyAll();
    }

    synchronized void failed(Fault value) {
        failure = value;
        running = false;
        notifyAll();
    }
}
