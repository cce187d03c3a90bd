package dev.polymnia.core.model;

/// A model that continues conversations. Thread-safe: any number of threads may generate at once.
public interface ChatModel extends AutoCloseable {
    /// Returns what is known of the model; does not block.
    ModelInfo info();

    /// Continues a prompt and blocks until the answer has ended.
    ///
    /// @param request what to continue and how
    /// @param listener is told what happens while it happens
    /// @return how the answer ended
    /// @throws dev.polymnia.core.Fault with `CONTEXT_FULL` if the prompt does not fit,
    ///   `UNSUPPORTED` if it holds what [ModelInfo#capabilities] rules out, `OVERLOADED` if the
    ///   model has no room for another request, `INTERNAL` or `UNAVAILABLE` if generating failed
    BranchResult generate(BranchRequest request, BranchListener listener);

    /// Ends what is still running and gives back what the model holds. Closing again does nothing.
    @Override
    void close();
}
