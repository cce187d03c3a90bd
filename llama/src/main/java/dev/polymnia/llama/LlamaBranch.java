package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import java.util.function.Consumer;

/// A branch as its callers see it. Thread-safe.
final class LlamaBranch implements Branch, RunOwner {
    private final LlamaModel model;
    private final BranchState state;
    private final Consumer<LlamaBranch> whenClosed;
    private final BranchLife life = new BranchLife();

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
        life.begin();
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
        life.checkStopped();
        start(request, model.encode(request.prompt()), listener);
    }

    @Override
    public BranchResult await() {
        return life.await();
    }

    @Override
    public void cancel() {
        life.cancel();
    }

    @Override
    public void close() {
        if (life.close()) {
            whenClosed.accept(this);
            model.engine().submit(() -> model.forget(state));
        }
    }

    @Override
    public boolean cancelled() {
        return life.isCancelled();
    }

    @Override
    public void ended(BranchResult value) {
        life.ended(value);
    }

    @Override
    public void failed(Fault value) {
        life.failed(value);
    }

    private void withdraw() {
        life.close();
        life.failed(new Fault(Fault.Code.UNAVAILABLE, "The branch was not started."));
    }
}
