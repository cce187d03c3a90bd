package dev.polymnia.eval;

/// Compares answers with targets. Thread-safe.
public interface Scorer {
    /// Returns its name, as task definitions and logs have it.
    String name();

    /// Scores an answer.
    ///
    /// @param sample what was asked
    /// @param text the answer in full, without the model's reasoning
    /// @return its score; an answer that cannot be read is wrong, never a fault
    /// @throws dev.polymnia.core.Fault if scoring itself is impossible, for example `UNAVAILABLE`
    ///   if there is no sandbox
    Score score(Sample sample, String text);
}
