package dev.polymnia.eval.ifeval;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// `length_constraints`: numbers of sentences, paragraphs and words.
final class Length {
    private static final Pattern WORDS = PythonText.pattern(PythonText.WORD + "+", 0);
    private static final Pattern DIVIDER = PythonText.pattern("\\s?\\*\\*\\*\\s?", 0);
    private static final Pattern BLANK_LINE = Pattern.compile("\n\n");
    private static final String ENDS_A_WORD = ".,?!'\"";

    private Length() {}

    /// `number_sentences`: less than or at least `num_sentences`; see [Sentences].
    static Predicate<String> sentences(Arguments arguments) {
        int wanted = arguments.number("num_sentences");
        Relation relation = arguments.relation("relation");
        return response -> relation.holds(Sentences.of(response).size(), wanted);
    }

    /// `number_words`: less than or at least `num_words`.
    ///
    /// Oddity: a word is a run of letters, digits and `_`, so `well-known` and `it's` are two each,
    /// and so is a Hindi word with a vowel sign in it.
    static Predicate<String> words(Arguments arguments) {
        int wanted = arguments.number("num_words");
        Relation relation = arguments.relation("relation");
        return response -> relation.holds(WORDS.matcher(response).results().count(), wanted);
    }

    /// `number_paragraphs`: exactly `num_paragraphs`, divided by `***`.
    ///
    /// Oddities: blank lines divide nothing. Nothing before the first divider or after the last one
    /// is no paragraph, but nothing between two of them is an error.
    static Predicate<String> paragraphs(Arguments arguments) {
        int wanted = arguments.number("num_paragraphs");
        return response -> countParagraphs(response) == wanted;
    }

    /// `nth_paragraph_first_word`: exactly `num_paragraphs`, divided by blank lines, and the one
    /// with the number `nth_paragraph`, from 1, begins with `first_word`, whatever its case.
    ///
    /// Oddities: three line ends in a row leave one at the head of the next paragraph, and of four
    /// come two dividers. What is blank between two of them is not counted as a paragraph, yet it
    /// is when the nth is looked up. The first word goes up to the first of `.,?!'"`, so `I` begins
    /// "I've been".
    static Predicate<String> firstWord(Arguments arguments) {
        int wanted = arguments.number("num_paragraphs");
        int nth = arguments.number("nth_paragraph");
        if (nth < 1 || nth > wanted) {
            throw arguments.fault("nth_paragraph", "from 1 to " + wanted);
        }
        String word = arguments.text("first_word").toLowerCase(Locale.ROOT);
        return response -> {
            List<String> parts = List.of(BLANK_LINE.split(response, -1));
            long paragraphs = parts.stream().filter(part -> !PythonText.isBlank(part)).count();
            return paragraphs == wanted && leadingWord(parts.get(nth - 1)).equals(word);
        };
    }

    private static int countParagraphs(String response) {
        String[] parts = DIVIDER.split(response, -1);
        int paragraphs = parts.length;
        for (int i = 0; i < parts.length; i++) {
            if (!PythonText.isBlank(parts[i])) {
                continue;
            }
            if (i > 0 && i < parts.length - 1) {
                return -1;
            }
            paragraphs--;
        }
        return paragraphs;
    }

    private static String leadingWord(String paragraph) {
        List<String> words = PythonText.split(paragraph);
        if (words.isEmpty()) {
            return "";
        }
        String word = PythonText.stripStart(PythonText.stripStart(words.getFirst(), '\''), '"');
        int end = 0;
        while (end < word.length() && ENDS_A_WORD.indexOf(word.charAt(end)) < 0) {
            end++;
        }
        return word.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
