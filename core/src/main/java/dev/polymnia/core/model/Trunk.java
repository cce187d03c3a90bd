package dev.polymnia.core.model;

/// The shared beginning of several branches, held by a model. Thread-safe.
public interface Trunk extends AutoCloseable {
    /// Returns the number of tokens of the trunk's own prompt.
    int tokens();

    /// Starts a branch and returns at once; the branch runs until it stops.
    ///
    /// @param request the whole prompt of the branch, and how to continue it; the part that equals
    ///   this trunk token by token is not read again by models that can fork
    /// @param listener is told what happens; see there for the rules
    /// @return the running branch; the caller closes it
    /// @throws dev.polymnia.core.Fault as [ChatModel#generate]
    Branch fork(BranchRequest request, BranchListener listener);

    /// Closes the trunk and all its branches, ending those that run. Closing again does nothing.
    @Override
    void close();
}
