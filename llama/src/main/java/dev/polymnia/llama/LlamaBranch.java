package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A branch as its callers see it. Thread-safe.
final class LlamaBranch implements Branch, RunOwner {
    private final LlamaModel model;
    private final BranchState state;
    private final Consumer<LlamaBranch> whenClosed;
    private volatile boolean cancelled;
    private boolean running; // guarded by this
    private boolean closed; // guarded by this
    private @Nullable BranchResult result; // guarded by this
    private @Nullable Fault failure; // guarded by this

    /// @param whenClosed is run once, when the branch is closed
    LlamaBranch(LlamaModel model, BranchState state, Consumer<LlamaBranch> whenClosed) {
        this.model = model;
        this.state = state;
        this.whenClosed = whenClosed;
    }

    /// Starts the first or another run.
    ///
    /// @throws IllegalStateException if it still runs or is closed, or the model is closed
    void start(BranchRequest request, PromptEncoder.Encoded encoded, BranchListener listener) {
        synchronized (this) {
            checkStopped();
            running = true;
            cancelled = false;
            result = null;
            failure = null;
        }
        boolean taken = false;
        try {
            Run run = model.newRun(state, this, request, encoded, listener);
            taken = model.engine().submit(() -> model.engine().residents().enqueue(run));
        } finally {
            if (!taken) {
                withdraw();
            }
        }
        if (!taken) {
            throw LlamaModel.closed();
        }
    }

    @Override
    public void resume(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        synchronized (this) {
            checkStopped();
        }
        start(request, model.encode(request.prompt()), listener);
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
            if (closed) {
                return;
            }
            closed = true;
            cancelled = true;
        }
        whenClosed.accept(this);
        model.engine().submit(() -> model.forget(state));
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public synchronized void ended(BranchResult value) {
        result = value;
        running = false;
        notifyAll();
    }

    @Override
    public synchronized void failed(Fault value) {
        failure = value;
        running = false;
        notifyAll();
    }

    private synchronized void withdraw() {
        running = false;
        closed = true;
        failure = new Fault(Fault.Code.UNAVAILABLE, "The branch was not started.");
        notifyAll();
    }

    private synchronized void checkStopped() {
        if (running || closed) {
            throw new IllegalStateException(
                    running ? "the branch still runs" : "the branch is closed");
        }
    }
}
