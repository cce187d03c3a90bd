package dev.polymnia.remote;

import dev.polymnia.core.model.TokenDetail;
import java.util.List;
import java.util.Optional;

/// What an endpoint tells at once: a piece of each of some answers, or what they cost.
///
/// @param parts pieces of answers
/// @param usage what it cost so far
record Chunk(List<Part> parts, Optional<Reported> usage) {
    /// A piece of one answer.
    ///
    /// @param index which of the answers of the call, from 0
    /// @param reasoning thoughts; may be empty
    /// @param content words, tags of thoughts included; may be empty
    /// @param tokens what is told of the tokens; empty if nothing is
    /// @param calls pieces of tool calls
    /// @param finish why the answer ended; empty as long as it has not
    record Part(
            int index,
            String reasoning,
            String content,
            List<TokenDetail> tokens,
            List<CallPart> calls,
            String finish) {
        boolean isEmpty() {
            return reasoning.isEmpty() && content.isEmpty() && tokens.isEmpty() && calls.isEmpty();
        }
    }

    /// A piece of a tool call.
    ///
    /// @param index which of the calls of the answer
    /// @param id empty if it came with an earlier piece
    /// @param name empty if it came with an earlier piece
    /// @param arguments more of the JSON text
    record CallPart(int index, String id, String name, String arguments) {}

    /// What a call cost, as the endpoint says; may be nonsense.
    record Reported(long prompt, long cached, long generated) {
        Reported plus(Reported other) {
            // The prompt of a call is read once, however many answers it has.
            return new Reported(prompt, cached, generated + other.generated);
        }
    }
}
