package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import java.util.List;

/// What a branch tells while it runs.
public sealed interface BranchEvent {
    /// The prompt has been read and the first token comes next.
    ///
    /// @param cached prompt tokens that the model held already; 0 if it does not know yet
    /// @param computed prompt tokens that were read for this branch; 0 if the model does not know
    ///   yet, as the [usage][BranchResult#usage] is what counts
    record Started(int cached, int computed) implements BranchEvent {}

    /// More words. Text is whole code points; a token that ends inside one delivers its text with a
    /// later token.
    ///
    /// @param channel where the words go
    /// @param text may be empty when only tokens are told
    /// @param tokens the tokens since the last delta, if the request asked for
    ///   [details][GenerationOptions#detail]; otherwise empty
    record Delta(Channel channel, String text, List<TokenDetail> tokens) implements BranchEvent {
        /// Checks and copies the parts.
        public Delta {
            requireNonNull(channel, "channel is null");
            requireNonNull(text, "text is null");
            tokens = List.copyOf(tokens);
        }
    }

    /// The model has finished writing a tool call.
    ///
    /// @param call the call; its arguments may be malformed, they are as the model wrote them
    record Called(Content.ToolCall call) implements BranchEvent {
        /// Checks the parts.
        public Called {
            requireNonNull(call, "call is null");
        }
    }

    /// The branch has stopped; nothing follows.
    ///
    /// @param result how it stopped
    record Ended(BranchResult result) implements BranchEvent {
        /// Checks the parts.
        public Ended {
            requireNonNull(result, "result is null");
        }
    }

    /// The model failed under the branch; nothing follows.
    ///
    /// @param code the kind of failure
    /// @param message what happened, for a person
    /// @param usage what the start or continuation had spent by then
    record Failed(Fault.Code code, String message, Usage usage) implements BranchEvent {
        /// Checks the parts.
        public Failed {
            requireNonNull(code, "code is null");
            requireNonNull(message, "message is null");
            requireNonNull(usage, "usage is null");
        }
    }
}
