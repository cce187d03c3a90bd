package dev.polymnia.eval.ifeval;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `keywords`: words that have to occur, or must not.
///
/// Oddity: a keyword is a regular expression, searched anywhere, whatever its case. So `cat` is in
/// "concatenate", and `a.b` in "axb". One that is no regular expression (the reference stops there)
/// is taken as it is written.
final class Keywords {
    private Keywords() {}

    /// `existence`: each of `keywords` occurs.
    static Predicate<String> existence(Arguments arguments) {
        List<Pattern> keywords =
                arguments.texts("keywords").stream().map(word -> pattern("", word, "")).toList();
        return response -> keywords.stream().allMatch(keyword -> keyword.matcher(response).find());
    }

    /// `frequency`: `keyword` occurs less than or at least `frequency` times.
    ///
    /// Oddity: here, unlike in `existence`, white space around the keyword means nothing.
    static Predicate<String> frequency(Arguments arguments) {
        Pattern keyword = pattern("", PythonText.strip(arguments.text("keyword")), "");
        int frequency = arguments.number("frequency");
        Relation relation = arguments.relation("relation");
        return response -> relation.holds(keyword.matcher(response).results().count(), frequency);
    }

    /// `forbidden_words`: none of `forbidden_words` occurs.
    ///
    /// Oddity: here, unlike in `existence`, only whole words count. The borders are put around the
    /// expression without a group, so that `a|b` forbids what begins with `a` or ends with `b`.
    static Predicate<String> forbiddenWords(Arguments arguments) {
        List<Pattern> words =
                arguments.texts("forbidden_words").stream()
                        .map(word -> pattern(PythonText.BORDER, word, PythonText.BORDER))
                        .toList();
        return response -> words.stream().noneMatch(word -> word.matcher(response).find());
    }

    /// `letter_frequency`: the character `letter` occurs less than or at least `let_frequency`
    /// times, whatever its case.
    ///
    /// Oddity: the letter may be `#` or `!`, which prompts ask for. The first edition of the
    /// reference drew another letter by lot then; this follows the later one, which does not.
    static Predicate<String> letterFrequency(Arguments arguments) {
        String given = PythonText.strip(arguments.text("letter"));
        if (given.codePointCount(0, given.length()) != 1) {
            throw arguments.fault("letter", "one character");
        }
        String letter = given.toLowerCase(Locale.ROOT);
        int frequency = arguments.number("let_frequency");
        Relation relation = arguments.relation("let_relation");
        return response -> relation.holds(count(letter, response), frequency);
    }

    private static long count(String letter, String response) {
        return response.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(c -> Character.toString(c).equals(letter))
                .count();
    }

    private static Pattern pattern(String before, String keyword, String after) {
        try {
            return PythonText.pattern(before + keyword + after, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException notOne) {
            return PythonText.pattern(
                    before + Pattern.quote(keyword) + after, Pattern.CASE_INSENSITIVE);
        }
    }
}
