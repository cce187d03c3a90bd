package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import java.util.ArrayList;
import java.util.List;

/// All that a model reads before it writes.
///
/// @param messages the conversation, at least one message
/// @param tools what the model may call
/// @param reasoning whether the model's native reasoning channel is used; models without one ignore
///   it
/// @param beginning the first words of the assistant's turn, which the model continues; empty to
///   let it begin by itself
public record Prompt(
        List<Message> messages, List<ToolSpec> tools, boolean reasoning, String beginning) {
    /// Checks and copies the parts.
    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        requireNonNull(beginning, "beginning is null");
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a prompt needs at least one message");
        }
    }

    /// Returns a prompt of messages only.
    public static Prompt of(Message... messages) {
        return new Prompt(List.of(messages), List.of(), false, "");
    }

    /// Returns this prompt with one more message.
    public Prompt plus(Message message) {
        List<Message> all = new ArrayList<>(messages);
        all.add(message);
        return withMessages(all);
    }

    /// Returns this prompt with a hint for one agent as the last words of the last user message, so
    /// that agents share everything before it. Without a user message the hint becomes one.
    ///
    /// @param hint what this agent is told; blank for nothing
    public Prompt withHint(String hint) {
        if (hint.isBlank()) {
            return this;
        }
        List<Message> all = new ArrayList<>(messages);
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).role() == Role.USER) {
                all.set(i, all.get(i).plus(new Content.Text("\n\n" + hint)));
                return withMessages(all);
            }
        }
        return plus(Message.user(hint));
    }

    /// Returns this prompt with other messages.
    public Prompt withMessages(List<Message> value) {
        return new Prompt(value, tools, reasoning, beginning);
    }

    /// Returns this prompt with other tools.
    public Prompt withTools(List<ToolSpec> value) {
        return new Prompt(messages, value, reasoning, beginning);
    }

    /// Returns this prompt with the native reasoning channel switched on or off.
    public Prompt withReasoning(boolean value) {
        return new Prompt(messages, tools, value, beginning);
    }

    /// Returns this prompt with other first words of the assistant's turn.
    public Prompt withBeginning(String value) {
        return new Prompt(messages, tools, reasoning, value);
    }
}
