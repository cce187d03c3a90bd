package dev.polymnia.core.message;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/// What one side says in one turn.
///
/// @param role who speaks
/// @param parts what is said, in order
public record Message(Role role, List<Content> parts) {
    /// Checks and copies the parts.
    public Message {
        requireNonNull(role, "role is null");
        parts = List.copyOf(parts);
    }

    /// Returns a system message of one text.
    public static Message system(String text) {
        return new Message(Role.SYSTEM, List.of(new Content.Text(text)));
    }

    /// Returns a user message of one text.
    public static Message user(String text) {
        return new Message(Role.USER, List.of(new Content.Text(text)));
    }

    /// Returns an assistant message of one text.
    public static Message assistant(String text) {
        return new Message(Role.ASSISTANT, List.of(new Content.Text(text)));
    }

    /// Returns the text parts, joined; empty if there is none. Reasoning is not text.
    public String text() {
        return textOf(parts);
    }

    /// Returns this message with one more part.
    public Message plus(Content part) {
        List<Content> all = new ArrayList<>(parts);
        all.add(part);
        return new Message(role, all);
    }

    static String textOf(List<Content> parts) {
        return parts.stream()
                .filter(Content.Text.class::isInstance)
                .map(part -> ((Content.Text) part).text())
                .collect(joining());
    }
}
