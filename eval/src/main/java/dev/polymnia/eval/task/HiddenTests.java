package dev.polymnia.eval.task;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.message.Message;
import dev.polymnia.eval.Target;
import java.util.List;
import java.util.Optional;

/// Keeps the tests that decide out of prompts.
final class HiddenTests {
    private HiddenTests() {}

    /// Returns an assertion of the hidden tests that a conversation holds though it is none of the
    /// shown ones; empty if there is none.
    static Optional<String> in(List<Message> messages, Target.Tests tests) {
        String text = messages.stream().map(Message::text).collect(joining("\n"));
        for (String shown : tests.shown()) {
            text = text.replace(shown, "");
        }
        String rest = text;
        return tests.hidden().stream()
                .filter(test -> !tests.shown().contains(test))
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith("assert ") && rest.contains(line))
                .findFirst();
    }
}
