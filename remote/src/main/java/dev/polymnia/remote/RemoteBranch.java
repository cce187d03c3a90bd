package dev.polymnia.remote;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.Branch;
import dev.polymnia.core.model.BranchLife;
import dev.polymnia.core.model.BranchListener;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.BranchResult;
import java.util.List;

/// A branch as its callers see it. Thread-safe.
final class RemoteBranch implements Branch {
    private final RemoteTrunk trunk;
    private final BranchLife life = new BranchLife();

    RemoteBranch(RemoteTrunk trunk) {
        this.trunk = trunk;
    }

    /// Returns the first or another course, which somebody is about to launch.
    ///
    /// @throws IllegalStateException if it still runs or is closed
    Course begin(BranchRequest request, BranchListener listener) {
        life.begin();
        return new Course(
                this,
                request,
                listener,
                trunk.model().reasoning(),
                trunk.seat().link().wire().faults());
    }

    @Override
    public void resume(BranchRequest request, BranchListener listener) {
        requireNonNull(listener, "listener is null");
        trunk.model().checkOpen();
        trunk.model().check(request);
        trunk.model().dispatch().launch(List.of(begin(request, listener)));
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
        life.close();
        trunk.forget(this);
    }

    RemoteTrunk trunk() {
        return trunk;
    }

    boolean cancelled() {
        return life.isCancelled();
    }

    void ended(BranchResult value) {
        life.ended(value);
    }

    void failed(Fault value) {
        life.failed(value);
    }
}
