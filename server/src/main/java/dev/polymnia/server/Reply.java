package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;

/// The answer to one request, in the shape of its API.
interface Reply {
    /// Returns an answer in one piece.
    ///
    /// @param collected what the leg has told; it is over
    String whole(Leg leg, Collected collected);

    /// Returns what tells an answer in pieces.
    ///
    /// @param out takes what is told; stays the caller's
    Streamed streamed(Leg leg, ServerSentEvents out);

    /// An answer in pieces. Confined to one thread.
    interface Streamed {
        /// Tells that there will be an answer.
        void begin() throws IOException;

        /// Tells an event, if there is anything in it for this client. That of the end of the leg
        /// ends the answer.
        void on(RunEvent event) throws IOException;

        /// Tells why there will be no answer.
        void fail(Fault fault) throws IOException;
    }
}
