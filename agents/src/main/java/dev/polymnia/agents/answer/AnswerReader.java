package dev.polymnia.agents.answer;

import dev.polymnia.agents.answer.Extractor.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads the short answer out of an agent's words. Immutable.
///
/// Words that refuse to answer hold none, whatever else they say, unless it is a number, a date, an
/// option or the like; nor do words that trail off, that repeat what stood for the answer where its
/// form was shown (`Answer: number`), or that say there is no answer where the question does not
/// reckon with that.
public final class AnswerReader {
    private static final int LONGEST_ANSWER = 80;

    /// So many characters behind a short answer in words make it the first line of a longer text.
    private static final int LONGEST_REST = 200;

    private static final int MOST_BARE_WORDS = 4;

    /// With so many words, at most, a sentence ends with an answer.
    private static final int MOST_LAST_WORDS = 8;

    /// What programs print of a sum that has no result.
    private static final String NOT_A_NUMBER = "nan";

    /// What stands for the answer where a profile shows its form.
    private static final String USUAL = "result";

    /// What else may stand for it; taken for an answer unless the question shows the form with it.
    private static final Set<String> STAND_INS =
            Set.of("answer", "date", "letter", "number", "option", "value", "word");

    private static final Map<String, String> DECISIONS = Map.of("True", "Yes", "False", "No");

    private final Extractor extractor;
    private final Equivalence equivalence;

    /// The keys of what stands for the answer where its form is shown.
    private final Set<String> placeholders;

    /// Creates a reader.
    ///
    /// @param marker what the model was asked to put before its result, for example `Answer:`
    /// @param question what was asked; decides which units go without saying
    public AnswerReader(String marker, String question) {
        extractor = new Extractor(marker);
        equivalence = Equivalence.of(question);
        Stream<String> shown =
                question.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith(marker))
                        .map(line -> equivalence.key(line.substring(marker.length())))
                        .filter(STAND_INS::contains);
        placeholders =
                Stream.concat(shown, Stream.of(USUAL)).collect(Collectors.toUnmodifiableSet());
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
        return find(words).map(ShortAnswer::key);
    }

    /// Returns the short answer that words are as a whole, such as what a program returned.
    ///
    /// @param words a result and nothing else; of several lines the last, of a JSON object its
    ///   answer
    /// @return its key, or empty if there is nothing but wrapping, or what is not a number
    public Optional<String> result(String words) {
        String text = words.strip();
        if (text.startsWith("{")) {
            Optional<String> field = stated(text);
            if (field.isPresent()) {
                return field;
            }
        }
        String last = text.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
        String key = equivalence.key(last);
        return isAnswer(key, last) && !key.equals(NOT_A_NUMBER)
                ? Optional.of(key)
                : Optional.empty();
    }

    /// Returns what a program returned in the words of the question: `True` is `Yes` where that is
    /// asked for.
    ///
    /// @param output a result and nothing else
    public String worded(String output) {
        return equivalence.isDecided() ? DECISIONS.getOrDefault(output.strip(), output) : output;
    }

    /// Returns the short answer that is stated explicitly as the model wrote it, without what sets
    /// it off (bold, quotes, a box); for people, where [#stated] is for counting.
    ///
    /// @param words all that an agent said
    /// @return its wording, or empty if none is stated
    public Optional<String> wording(String words) {
        return find(words).map(answer -> Markup.strip(answer.text()));
    }

    /// Returns whether words come to an answer: they state it, or, where they state none, their
    /// last sentence ends with it (`the number left is 84 - 53 = 31`).
    ///
    /// @param words all that an agent said
    /// @param key of the answer
    public boolean comeTo(String words, String key) {
        Optional<String> stated = stated(words);
        return stated.isPresent() ? stated.get().equals(key) : endsWith(words, key);
    }

    private boolean endsWith(String words, String key) {
        String last =
                Extractor.SENTENCE_END
                        .splitAsStream(words)
                        .map(String::strip)
                        .filter(sentence -> !sentence.isEmpty())
                        .reduce("", (_, sentence) -> sentence);
        List<String> parts = List.of(last.split("\\s+", -1));
        int first = Math.max(0, parts.size() - MOST_LAST_WORDS);
        return IntStream.range(first, parts.size())
                .mapToObj(from -> String.join(" ", parts.subList(from, parts.size())))
                .anyMatch(end -> result(end).filter(key::equals).isPresent());
    }

    /// A short answer.
    ///
    /// @param key what equal answers have in common
    /// @param text as the model wrote it
    private record ShortAnswer(String key, String text) {}

    private Optional<ShortAnswer> find(String words) {
        Optional<Statement> strong = extractor.strong(words);
        Optional<ShortAnswer> answer = strong.flatMap(this::shortForm);
        if (answer.isEmpty()) {
            int after = strong.map(Statement::at).orElse(-1);
            answer =
                    extractor
                            .weak(words)
                            .filter(statement -> statement.at() > after)
                            .flatMap(this::shortForm);
        }
        return answer.filter(found -> Canonical.isExact(found.key()) || !Refusals.isRefusal(words));
    }

    private Optional<ShortAnswer> shortForm(Statement statement) {
        ShortAnswer whole = answer(statement.text());
        if (Canonical.isExact(whole.key())) {
            return Optional.of(whole);
        }
        if (whole.key().equals(NoAnswer.KEY)) {
            return Optional.of(whole).filter(answer -> isAnswer(answer.key(), answer.text()));
        }
        ShortAnswer first = answer(Extractor.SENTENCE_END.split(statement.text(), 2)[0]);
        if (Canonical.isExact(first.key())) {
            return Optional.of(first);
        }
        boolean isShort =
                statement.lines() == 1
                        && statement.text().length() <= LONGEST_ANSWER
                        && statement.after() <= LONGEST_REST
                        && !isOpening(statement.text());
        return Optional.of(whole)
                .filter(answer -> isShort && isAnswer(answer.key(), answer.text()));
    }

    /// Whether a text that is none of the known kinds can be somebody's answer.
    private boolean isAnswer(String key, String text) {
        return !key.isEmpty()
                && equivalence.counts(key)
                && !placeholders.contains(key)
                && !Ellipsis.endsIn(text)
                && !Refusals.isRefusal(text);
    }

    private ShortAnswer answer(String text) {
        return new ShortAnswer(equivalence.key(text), text);
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
        boolean known = Canonical.isExact(key) || key.equals(NoAnswer.KEY);
        return isAnswer(key, text) && (few || known) ? Optional.of(key) : Optional.empty();
    }
}
