package dev.polymnia.app.chat;

import static java.util.Objects.requireNonNull;

import dev.polymnia.app.terminal.Printable;
import dev.polymnia.core.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was said between a person and the assistant.
///
/// @param id names its file
/// @param begun when
/// @param system what the model is told before the first question; may be empty
/// @param turns in order
record Conversation(String id, Instant begun, String system, List<Turn> turns) {
    private static final int TITLE = 60;

    Conversation {
        requireNonNull(id, "id is null");
        requireNonNull(begun, "begun is null");
        requireNonNull(system, "system is null");
        turns = List.copyOf(turns);
    }

    Conversation withId(String value) {
        return new Conversation(value, begun, system, turns);
    }

    Conversation plus(Turn turn) {
        List<Turn> all = new ArrayList<>(turns);
        all.add(turn);
        return new Conversation(id, begun, system, all);
    }

    /// Returns all that the model reads when it is asked next.
    List<Message> messages(Message question) {
        List<Message> messages = new ArrayList<>();
        if (!system.isEmpty()) {
            messages.add(Message.system(system));
        }
        for (Turn turn : turns) {
            messages.add(turn.question());
            messages.add(turn.answer());
        }
        messages.add(question);
        return messages;
    }

    /// Returns the first words of the first question.
    String title() {
        if (turns.isEmpty()) {
            return "(no questions)";
        }
        String words = Printable.line(turns.getFirst().question().text());
        return words.codePointCount(0, words.length()) <= TITLE
                ? words
                : words.substring(0, words.offsetByCodePoints(0, TITLE - 1)).strip() + "…";
    }

    /// Returns the conversation as a page of Markdown.
    String markdown() {
        StringBuilder page = new StringBuilder("# " + title() + "\n");
        if (!system.isEmpty()) {
            page.append("\n> ").append(system.replace("\n", "\n> ")).append('\n');
        }
        for (Turn turn : turns) {
            page.append("\n## ").append(turn.at()).append(" · ").append(turn.mode().word());
            page.append("\n\n**Question.** ").append(turn.question().text().strip());
            page.append("\n\n**Answer.** ").append(turn.answer().text().strip()).append('\n');
        }
        return page.toString();
    }
}
