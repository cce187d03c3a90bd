package dev.polymnia.agents.answer;

import dev.polymnia.agents.answer.Extractor.Statement;
import java.util.Optional;

/// Reads the short answer out of an agent's words. Immutable.
public final class AnswerReader {
    private static final int LONGEST_ANSWER = 80;

    /// So many characters behind a short answer in words make it the first line of a longer text.
    private static final int LONGEST_REST = 200;

    private static final int MOST_BARE_WORDS = 4;

    private final Extractor extractor;
    private final Equivalence equivalence;

    /// Creates a reader.
    ///
    /// @param marker what the model was asked to put before its result, for example `Answer:`
    /// @param question what was asked; decides which units go without saying
    public AnswerReader(String marker, String question) {
        extractor = new Extractor(marker);
        equivalence = Equivalence.of(question);
    }

    /// Returns the short answer that is stated somewhere in the words, or that the words are.
    ///
    /// @param words all that an agent said
    /// @return its key, or empty if the words are free text
    public Optional<String> read(String words) {
        return stated(words).or(() -> bare(words));
    }

    /// Returns the short answer that is stated explicitly; for words that were cut off, whose last
    /// line says nothing.
    ///
    /// @param words all that an agent said
    /// @return its key, or empty if none is stated
    public Optional<String> stated(String words) {
        Optional<Statement> strong = extractor.strong(words);
        Optional<String> answer = strong.flatMap(this::shortForm);
        if (answer.isPresent()) {
            return answer;
        }
        int after = strong.map(Statement::at).orElse(-1);
        return extractor
                .weak(words)
                .filter(statement -> statement.at() > after)
                .flatMap(this::shortForm);
    }

    private Optional<String> shortForm(Statement statement) {
        String key = equivalence.key(statement.text());
        if (Canonical.isExact(key)) {
            return Optional.of(key);
        }
        String sentence = Extractor.SENTENCE_END.split(statement.text(), 2)[0];
        String first = equivalence.key(sentence);
        if (Canonical.isExact(first)) {
            return Optional.of(first);
        }
        boolean isShort =
                statement.lines() == 1
                        && statement.text().length() <= LONGEST_ANSWER
                        && statement.after() <= LONGEST_REST
                        && !isOpening(statement.text());
        return isShort && !key.isEmpty() ? Optional.of(key) : Optional.empty();
    }

    /// The first line of a letter or of a list.
    private static boolean isOpening(String text) {
        return text.endsWith(":") || text.endsWith(",");
    }

    private Optional<String> bare(String words) {
        String text = words.strip();
        if (text.length() > LONGEST_ANSWER || text.indexOf('\n') >= 0) {
            return Optional.empty();
        }
        String key = equivalence.key(text);
        boolean few = text.split("\\s+", -1).length <= MOST_BARE_WORDS && !text.matches(".*[!?:,]");
        return !key.isEmpty() && (few || Canonical.isExact(key))
                ? Optional.of(key)
                : Optional.empty();
    }
}
