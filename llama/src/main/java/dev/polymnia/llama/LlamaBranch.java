package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import dev.polymnia.core.model.StopReason;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A branch as its callers see it. Thread-safe.
final class LlamaBranch implements Branch, RunOwner {
    private final LlamaModel model;
    private final Run.Group group;
    private final Consumer<LlamaBranch> whenClosed;
    private final BranchLife life = new BranchLife();
    private volatile @Nullable Run run;

    /// @param group with whom it shares the engine
    /// @param whenClosed is run once, when the branch is closed
    LlamaBranch(LlamaModel model, Run.Group group, Consumer<LlamaBranch> whenClosed) {
        this.model = model;
        this.group = group;
        this.whenClosed = whenClosed;
    }

    /// Makes the first or another run, which the caller submits.
    ///
    /// @throws IllegalStateException if it still runs or is closed
    Run begin(BranchRequest request, PromptEncoder.Encoded encoded, BranchListener listener) {
        life.begin();
        boolean made = false;
        try {
            Run begun =
                    new Run(
                            encoded.tokens(),
                            model.speech(this, request, encoded, listener),
                            group,
                            request.options().priority());
            run = begun;
            made = true;
            return begun;
        } finally {
            if (!made) {
                withdraw();
            }
        }
    }

    /// Takes back what was begun and not submitted; the branch may begin again.
    void withdraw() {
        life.failed(new Fault(Fault.Code.UNAVAILABLE, "The branch was not started."));
    }

    @Override
    public void resume(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        life.checkStopped();
        PromptEncoder.Encoded encoded = model.encode(request);
        model.submit(List.of(this), List.of(begin(request, encoded, listener)));
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
            Run last = run;
            if (last != null) {
                model.engine().submit(() -> model.engine().end(last, StopReason.CANCELLED));
            }
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
}
