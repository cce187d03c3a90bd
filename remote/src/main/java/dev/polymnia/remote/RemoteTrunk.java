package dev.polymnia.remote;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Meter;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.ToolChoice;
import dev.polymnia.core.model.Trunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A prompt that several branches are asked with. The endpoint is told it with each call; nothing
/// is held there for us, unless its own cache does. Thread-safe.
final class RemoteTrunk implements Trunk {
    private final RemoteModel model;
    private final Prompt prompt;
    private final Pool.Seat seat;
    private final Set<RemoteBranch> branches = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this
    private volatile int tokens;

    /// What must be equal for requests to be one call.
    private record Together(
            Prompt prompt,
            Sampling sampling,
            int maxTokens,
            List<String> stops,
            Detail detail,
            Constraint constraint,
            ToolChoice toolChoice,
            Map<Integer, Double> logitBias,
            Meter meter) {
        static Together of(BranchRequest request) {
            GenerationOptions options = request.options();
            return new Together(
                    request.prompt(),
                    options.sampling(),
                    options.maxTokens(),
                    options.stops(),
                    options.detail(),
                    options.constraint(),
                    options.toolChoice(),
                    options.logitBias(),
                    options.meter());
        }
    }

    /// @param seat where it is; it owns that
    RemoteTrunk(RemoteModel model, Prompt prompt, Pool.Seat seat) {
        this.model = model;
        this.prompt = prompt;
        this.seat = seat;
    }

    RemoteModel model() {
        return model;
    }

    Pool.Seat seat() {
        return seat;
    }

    @Override
    public int tokens() {
        return tokens;
    }

    @Override
    public Branch fork(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        return forkAll(List.of(new Fork(request, listener))).getFirst();
    }

    @Override
    public List<Branch> forkAll(List<Fork> forks) {
        model.checkOpen();
        Fork.checkAny(forks);
        forks.forEach(fork -> model.check(fork.request()));
        List<Branch> started = new ArrayList<>();
        Map<Together, List<Course>> groups = new LinkedHashMap<>();
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the trunk is closed");
            }
            for (Fork fork : forks) {
                RemoteBranch branch = new RemoteBranch(this);
                branches.add(branch);
                started.add(branch);
                groups.computeIfAbsent(Together.of(fork.request()), key -> new ArrayList<>())
                        .add(branch.begin(fork.request(), fork.listener()));
            }
        }
        groups.values().forEach(model.dispatch()::launch);
        return started;
    }

    @Override
    public void close() {
        Set<RemoteBranch> all;
        synchronized (this) {
            closed = true;
            all = Set.copyOf(branches);
        }
        all.forEach(RemoteBranch::close);
        seat.close();
        model.forget(this);
    }

    /// Returns how many tokens a prompt has; 0 if the endpoint has not told.
    int tokensOf(Prompt other) {
        return other.equals(prompt) ? tokens : 0;
    }

    /// Learns how many tokens a prompt has.
    void learn(Prompt other, int count) {
        if (other.equals(prompt)) {
            tokens = count;
        }
    }

    synchronized void forget(RemoteBranch branch) {
        branches.remove(branch);
    }
}
