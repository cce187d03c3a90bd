package dev.polymnia.server;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;

/// An answer in the shape of one API, made of the events of its [leg][Leg] of a run. Confined to
/// one thread.
sealed interface Reply permits Reply.Whole, Reply.Streamed {
    /// In one piece.
    non-sealed interface Whole extends Reply {
        /// Takes an event.
        void on(RunEvent event);

        /// Returns the body, once the leg is over.
        String json();
    }

    /// In pieces.
    non-sealed interface Streamed extends Reply {
        /// Tells that there will be an answer.
        void begin() throws IOException;

        /// Tells an event, if there is anything in it for this client. That of the end of the leg
        /// ends the answer.
        void on(RunEvent event) throws IOException;

        /// Tells why there will be no answer.
        void fail(Fault fault) throws IOException;
    }

    /// Makes the answers of one request.
    interface Shape {
        /// Returns an answer in one piece.
        Whole whole(Leg leg);

        /// Returns an answer in pieces.
        ///
        /// @param out takes what is told; stays the caller's
        Streamed streamed(Leg leg, ServerSentEvents out);
    }
}
