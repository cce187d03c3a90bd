package dev.polymnia.llama;

import dev.polymnia.core.Fault;
import dev.polymnia.core.model.BranchResult;

/// Who waits for the end of a run: the branch as its callers see it. Thread-safe.
interface RunOwner {
    /// Returns whether somebody asked this branch to stop.
    boolean cancelled();

    /// Is told how the run stopped, once, after the listener has been told.
    void ended(BranchResult result);

    /// Is told why the run failed, once, after the listener has been told.
    void failed(Fault fault);
}
