package dev.polymnia.bench.peers;

import java.util.List;

/// How a request went. Times are of [System#nanoTime].
///
/// @param begun when it was sent
/// @param times when words came, in order
/// @param ended when it had ended
/// @param counts what was read and written; all 0 if it failed
/// @param stop why it stopped, in the peer's own word
/// @param text what was written
/// @param error what went wrong; empty if nothing did
record Reply(
        long begun,
        List<Long> times,
        long ended,
        Counts counts,
        String stop,
        String text,
        String error) {
    Reply {
        times = List.copyOf(times);
    }

    boolean failed() {
        return !error.isEmpty();
    }

    /// What was read and written, in tokens.
    ///
    /// @param prompt the whole prompt
    /// @param written tokens that were sampled
    record Counts(int prompt, int written) {
        static final Counts NONE = new Counts(0, 0);
    }
}
