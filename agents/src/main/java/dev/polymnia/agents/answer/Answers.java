package dev.polymnia.agents.answer;

import java.util.Optional;

/// Finds short answers. Never throws, whatever the words are.
public final class Answers {
    /// A longer answer is free text, which is not counted but compared.
    static final int LONGEST = 80;

    private Answers() {}

    /// Returns the short answer of an agent in its canonical form; empty if there is none.
    ///
    /// @param reasoning the words of the reasoning channel; searched for explicit marks only, and
    ///   only if there is no answer
    /// @param answer the words of the answer channel
    public static Optional<String> find(String reasoning, String answer) {
        String words = answer.strip();
        Optional<String> found =
                words.isEmpty()
                        ? Extractor.marked(reasoning)
                        : Extractor.marked(words).or(() -> Extractor.firstLine(words));
        return found.map(Canonical::of).filter(text -> !text.isEmpty() && text.length() <= LONGEST);
    }
}
