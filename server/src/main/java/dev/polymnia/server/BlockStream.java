package dev.polymnia.server;

import dev.polymnia.agents.Digest;
import dev.polymnia.agents.Leg;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import java.util.Optional;

/// An answer in pieces that is told in blocks, one after the other: thoughts, words, calls of
/// tools.
abstract class BlockStream implements Reply.Streamed {
    private final boolean events;
    private final Digest digest;

    /// @param events whether the run's own events are told, too
    BlockStream(Leg leg, boolean events) {
        this.events = events;
        digest = new Digest(leg);
    }

    @Override
    public final void on(RunEvent event) throws IOException {
        Optional<String> thoughts = digest.thoughts(event);
        if (thoughts.isPresent()) {
            think(thoughts.get());
        }
        Optional<String> words = digest.words(event);
        if (words.isPresent()) {
            say(words.get());
        }
        if (events) {
            pass(event);
        }
        if (event.event() instanceof Event.Suspended suspended) {
            close();
            for (Content.ToolCall call : suspended.calls()) {
                tell(call);
            }
            end(suspended);
        }
        if (event.event() instanceof Event.RunFinished finished) {
            close();
            end(finished);
        }
    }

    /// Tells thoughts.
    abstract void think(String words) throws IOException;

    /// Tells words of the answer.
    abstract void say(String words) throws IOException;

    /// Tells an event of the run.
    abstract void pass(RunEvent event) throws IOException;

    /// Ends the block that is being told, if one is.
    abstract void close() throws IOException;

    /// Tells a call.
    abstract void tell(Content.ToolCall call) throws IOException;

    /// Ends the answer.
    ///
    /// @param end of the leg
    abstract void end(Event end) throws IOException;
}
