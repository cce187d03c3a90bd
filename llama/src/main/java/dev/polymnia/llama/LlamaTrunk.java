package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Priority;
import dev.polymnia.core.model.Trunk;
import dev.polymnia.core.model.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A trunk as its callers see it: a prompt that stays in memory as long as there is room, and the
/// branches that were forked from it. Thread-safe.
final class LlamaTrunk implements Trunk {
    private final LlamaModel model;
    private final int tokens;
    private final TrunkReading reading = new TrunkReading();
    private final Run run;
    private final Run.Group group = new Run.Group();
    private final Set<LlamaBranch> branches = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    LlamaTrunk(LlamaModel model, TokenList prompt) {
        this.model = model;
        tokens = prompt.size();
        run = new Run(prompt, reading, group, Priority.INTERACTIVE);
    }

    /// Begins to be read.
    ///
    /// @throws IllegalStateException if the model is closed
    void begin() {
        if (!model.engine().submitTrunk(run)) {
            throw LlamaModel.closed();
        }
    }

    @Override
    public int tokens() {
        return tokens;
    }

    @Override
    public Usage usage() {
        return reading.usage();
    }

    @Override
    public void pin() {
        checkOpen();
        reading.pin();
        model.engine().submit(() -> model.engine().keep(run, reading.staysAs()));
    }

    @Override
    public Branch fork(BranchRequest request, BranchListener listener) {
        return forkAll(List.of(new Fork(request, listener))).getFirst();
    }

    @Override
    public List<Branch> forkAll(List<Fork> forks) {
        Fork.checkAny(forks);
        forks.forEach(each -> requireNonNull(each.listener(), "listener is null"));
        checkOpen();
        List<PromptEncoder.Encoded> encoded =
                forks.stream().map(each -> model.encode(each.request())).toList();
        List<LlamaBranch> all = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        // Under the lock, so that closing either sees the branches or comes first.
        synchronized (this) {
            checkOpen();
            for (int i = 0; i < forks.size(); i++) {
                LlamaBranch branch = new LlamaBranch(model, group, this::forget);
                runs.add(
                        branch.begin(
                                forks.get(i).request(), encoded.get(i), forks.get(i).listener()));
                all.add(branch);
            }
            model.submit(all, runs);
            branches.addAll(all);
        }
        return List.copyOf(all);
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
        reading.close();
        model.engine().submit(() -> model.engine().keep(run, Strand.Use.IDLE));
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
