package dev.polymnia.bench.peers;

import dev.polymnia.core.model.Prompt;
import java.util.List;

/// A program that does what scenarios ask. One of its requests may run beside another; those of two
/// peers never do.
interface Peer {
    /// Returns how the figures name it.
    String name();

    /// Returns the process that computes.
    ProcessHandle process();

    /// Returns how many prompt tokens it has computed up to now.
    long read() throws InterruptedException;

    /// Starts a request that has nothing in common with others, and returns at once.
    Talk start(Ask ask);

    /// Takes a beginning that several requests share; returns at once.
    Beginning open(Prompt prompt);

    /// Begins a conversation: requests that follow one another, each with the whole history.
    ///
    /// @param held whether the program may be told that they belong together, if it can be
    Conversation converse(boolean held);

    /// A beginning that requests share.
    interface Beginning extends AutoCloseable {
        /// Starts requests that begin so, all at once.
        List<Talk> fork(List<Ask> asks);

        @Override
        void close();
    }

    /// A conversation. A turn starts when the one before has ended.
    interface Conversation extends AutoCloseable {
        /// Starts the next turn.
        Talk say(Ask ask);

        @Override
        void close();
    }
}
