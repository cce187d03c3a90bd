package dev.polymnia.models.toolcall;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Content;

/// What a turn of the assistant is made of.
public sealed interface TurnPart {
    /// Words for the other side.
    ///
    /// @param text at least one character
    record Words(String text) implements TurnPart {
        /// Checks the parts.
        public Words {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("words without a character");
            }
        }
    }

    /// A finished wish that a tool be run.
    ///
    /// @param call its arguments are as the model wrote them and may not be JSON
    record Call(Content.ToolCall call) implements TurnPart {
        /// Checks the parts.
        public Call {
            requireNonNull(call, "call is null");
        }
    }
}
