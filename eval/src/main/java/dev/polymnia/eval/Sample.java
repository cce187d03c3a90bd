package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.message.Message;
import java.util.List;
import java.util.Map;

/// One question of a task, as the model gets it. Immutable.
///
/// @param id names it within its task
/// @param messages the conversation; the last message is the question. What the mode adds comes
///   later
/// @param question the bare question without instructions and exemplars, for the answer layer and
///   for people
/// @param target what the answer is scored against; never part of a prompt
/// @param metadata whatever the data tells besides, for filters
public record Sample(
        String id,
        List<Message> messages,
        String question,
        Target target,
        Map<String, String> metadata) {
    /// Copies and checks the parts.
    public Sample {
        requireNonNull(id, "id is null");
        messages = List.copyOf(messages);
        requireNonNull(question, "question is null");
        requireNonNull(target, "target is null");
        metadata = Map.copyOf(metadata);
        if (id.isBlank() || messages.isEmpty()) {
            throw new IllegalArgumentException("a sample without an id or messages");
        }
    }
}
