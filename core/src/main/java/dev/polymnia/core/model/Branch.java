package dev.polymnia.core.model;

/// One continuation of a trunk: the stream of one agent. Thread-safe.
public interface Branch extends AutoCloseable {
    /// Blocks until the branch has stopped.
    ///
    /// @return how it stopped, of the latest start or continuation
    /// @throws dev.polymnia.core.Fault with `INTERNAL` or `UNAVAILABLE` if the model failed under
    ///   the branch, `CANCELLED` if this thread was interrupted (the branch is cancelled then, and
    ///   the interrupt flag stays set)
    BranchResult await();

    /// Runs a stopped branch on: with a tool's result, with a probe, with a forced ending. What the
    /// new prompt has in common, token by token, with what the branch holds is not read again; what
    /// differs is dropped from the branch.
    ///
    /// @param request the whole prompt once more, this branch's own words included
    /// @param listener is told what happens from now on
    /// @throws IllegalStateException if the branch still runs or is closed
    /// @throws dev.polymnia.core.Fault as [ChatModel#generate]
    void resume(BranchRequest request, BranchListener listener);

    /// Asks the branch to stop; it ends with [StopReason#CANCELLED] after the current step. Does
    /// nothing to a branch that has stopped.
    void cancel();

    /// Cancels the branch if it runs and gives back what it holds. Closing again does nothing.
    @Override
    void close();
}
