package dev.polymnia.testkit;

import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import java.util.ArrayList;
import java.util.List;

/// The trunk of a scripted model: its tokens and its branches. Thread-safe.
final class ScriptedTrunk implements Trunk {
    private final ScriptedModel model;
    private final List<String> tokens;
    private final List<Branch> branches = new ArrayList<>();
    private boolean closed;

    ScriptedTrunk(ScriptedModel model, List<String> tokens) {
        this.model = model;
        this.tokens = List.copyOf(tokens);
    }

    @Override
    public int tokens() {
        return tokens.size();
    }

    @Override
    public Usage usage() {
        return new Usage(0, tokens.size(), 0);
    }

    @Override
    public synchronized Branch fork(BranchRequest request, BranchListener listener) {
        if (closed) {
            throw new IllegalStateException("the trunk is closed");
        }
        Branch branch = model.start(tokens, request, listener);
        branches.add(branch);
        return branch;
    }

    /// As engines do: if one of them cannot start, none does.
    @Override
    public List<Branch> forkAll(List<Fork> forks) {
        forks.forEach(each -> model.check(each.request()));
        return Trunk.super.forkAll(forks);
    }

    @Override
    public void close() {
        List<Branch> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(branches);
            branches.clear();
        }
        all.forEach(Branch::close);
    }
}
