package dev.polymnia.core.model;

import java.util.List;

/// Makes a vector of a text, such that texts with much the same meaning have vectors with much the
/// same direction. Thread-safe.
public interface Embedder extends AutoCloseable {
    /// Returns what clients call it.
    String name();

    /// Returns how many numbers a vector has.
    int dimensions();

    /// Returns how many tokens a text may have.
    int mostTokens();

    /// Returns how many tokens a text has, with those that are put around it.
    ///
    /// @throws dev.polymnia.core.Fault as [#embed] does, but for the length
    int tokens(String text);

    /// Makes a vector of each text; blocks until all are made. A vector does not depend on the
    /// texts beside it.
    ///
    /// @return vectors of length 1, in the order of the texts
    /// @throws dev.polymnia.core.Fault `CONTEXT_FULL` if a text has more than [#mostTokens],
    ///   `UNAVAILABLE` if it does not work on this machine or is closed, `CANCELLED` if this thread
    ///   is interrupted, `INTERNAL` if the model broke
    List<float[]> embed(List<String> texts);

    /// Gives back what it holds, once the texts at work are done. Closing again does nothing.
    @Override
    void close();
}
