package dev.polymnia.eval.ifeval;

import java.util.regex.Pattern;

/// Counts words in capitals as nltk's `word_tokenize` separates them: sentences, then words in the
/// manner of the Penn Treebank.
///
/// Only the number matters here, so marks are not kept as tokens but removed: a token without
/// letters is never in capitals. What is left of the Treebank's rules is where a word is cut in
/// two.
///
/// Oddities: `IT'S` and `DON'T` are two words in capitals each (`IT`, `'S`; `DO`, `N'T`), `CANNOT`
/// is two, `WELL-KNOWN` and `AND/OR` are one, and so are `I`, `A` and `B2`. `Mcdonald'S` has one.
final class CapitalWords {
    // A comma or colon before a digit stays in its word (`3,000`, `10:30`).
    private static final Pattern MARKS =
            PythonText.pattern(
                    "[«»\u201c\u201d\u2018\u2019\u201e`\"\u2012-\u2015;@#$%&?!*()\\[\\]{}<>]"
                            + "|''|--|\\.{2,}|[:,](?!\\d)",
                    0);
    private static final Pattern LAST_STOP =
            PythonText.pattern("(?<!\\.)\\.(?=[\\])}>\"'»\u201d\u2019\\s]*$)", 0);
    private static final Pattern SHORT_CLITIC =
            PythonText.pattern("(?<=[^' ])('[sSmMdD]?)(?=\\s|$)", 0);
    private static final Pattern LONG_CLITIC =
            PythonText.pattern("(?<=[^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T)(?=\\s|$)", 0);
    private static final Pattern CONTRACTION =
            PythonText.pattern(
                    "\\b(can(?=not\\b)|d(?='ye\\b)|gim(?=me\\b)|gon(?=na\\b)|got(?=ta\\b)"
                            + "|lem(?=me\\b)|more(?='n\\b)|wan(?=na\\s))",
                    Pattern.CASE_INSENSITIVE);

    private CapitalWords() {}

    /// Returns how many words are in capitals.
    static long count(String text) {
        return Sentences.of(text).stream().mapToLong(CapitalWords::inSentence).sum();
    }

    private static long inSentence(String sentence) {
        String text = LAST_STOP.matcher(sentence).replaceAll(" ");
        text = MARKS.matcher(text).replaceAll(" ");
        text = SHORT_CLITIC.matcher(text).replaceAll(" $1");
        text = LONG_CLITIC.matcher(text).replaceAll(" $1");
        text = CONTRACTION.matcher(text + " ").replaceAll("$1 ");
        return PythonText.split(text).stream().filter(PythonText::isUpper).count();
    }
}
