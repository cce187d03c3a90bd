package dev.polymnia.testkit;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Content;
import java.util.ArrayList;
import java.util.List;

/// What a scripted branch says.
///
/// @param reasoning words of the reasoning channel, said first; may be empty
/// @param text words of the answer
/// @param logProbability of each token, at most 0
/// @param failsAfter the number of tokens after which the model fails under the branch, or -1 if it
///   does not
/// @param calls the tools that are called after the words, with the token that ends the turn
public record Reply(
        String reasoning,
        String text,
        double logProbability,
        int failsAfter,
        List<Content.ToolCall> calls) {
    /// Checks and copies the parts.
    public Reply {
        requireNonNull(reasoning, "reasoning is null");
        requireNonNull(text, "text is null");
        calls = List.copyOf(calls);
        if (logProbability > 0) {
            throw new IllegalArgumentException("log-probability " + logProbability);
        }
    }

    /// Returns a reply of words, each with the probability 1/2.
    public static Reply of(String text) {
        return new Reply("", text, Math.log(0.5), -1, List.of());
    }

    /// Returns this reply with words of the reasoning channel before it.
    public Reply withReasoning(String value) {
        return new Reply(value, text, logProbability, failsAfter, calls);
    }

    /// Returns this reply with another log-probability of each token.
    public Reply withLogProbability(double value) {
        return new Reply(reasoning, text, value, failsAfter, calls);
    }

    /// Returns this reply broken off by a failure of the model.
    ///
    /// @param tokens how many tokens come before the failure, 0 or more
    public Reply failingAfter(int tokens) {
        return new Reply(reasoning, text, logProbability, tokens, calls);
    }

    /// Returns this reply with one more call of a tool at its end. Its id is what an engine gives:
    /// `call_` and the number of the call in this turn.
    ///
    /// @param tool the tool's name
    /// @param arguments as the model writes them
    public Reply calling(String tool, String arguments) {
        List<Content.ToolCall> all = new ArrayList<>(calls);
        all.add(new Content.ToolCall("call_" + calls.size(), tool, arguments));
        return new Reply(reasoning, text, logProbability, failsAfter, all);
    }
}
