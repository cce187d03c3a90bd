package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Trunk;
import java.util.HashSet;
import java.util.Set;

/// A trunk as its callers see it. Thread-safe.
final class LlamaTrunk implements Trunk {
    private final LlamaModel model;
    private final TrunkState state;
    private final int tokens;
    private final Set<LlamaBranch> branches = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    LlamaTrunk(LlamaModel model, TrunkState state) {
        this.model = model;
        this.state = state;
        this.tokens = state.prompt().size();
    }

    @Override
    public int tokens() {
        return tokens;
    }

    @Override
    public Branch fork(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        checkOpen();
        PromptEncoder.Encoded encoded = model.encode(request.prompt());
        LlamaBranch branch = model.newBranch(state, this::forget);
        // Under the lock, so that closing either sees the branch or comes first.
        synchronized (this) {
            checkOpen();
            branch.start(request, encoded, listener);
            branches.add(branch);
        }
        return branch;
    }

    @Override
    public void close() {
        Set<LlamaBranch> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = Set.copyOf(branches);
            branches.clear();
        }
        all.forEach(LlamaBranch::close);
        model.engine().submit(() -> model.engine().residents().forget(state));
    }

    private synchronized void forget(LlamaBranch branch) {
        branches.remove(branch);
    }

    private synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the trunk is closed");
        }
    }
}
