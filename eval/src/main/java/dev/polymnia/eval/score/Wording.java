package dev.polymnia.eval.score;

import java.util.Locale;
import java.util.regex.Pattern;

/// Forms of short answers in words, in which different ways of writing agree.
final class Wording {
    private static final String FRONT = "*_`\"'\u201c\u201d\u2018\u2019$#";
    private static final String BACK = "*_`\"'\u201c\u201d\u2018\u2019$.";
    private static final String QUOTES = "`\"'\u201c\u201d\u2018\u2019";
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private static final Pattern COMMAND =
            Pattern.compile("\\\\(?:boxed|text|textbf|mathrm|mathbf)\\{([^{}]{0,1000}+)}");
    private static final Pattern INLINE = Pattern.compile("\\\\[()\\[\\]]");
    private static final Pattern BLANKS = Pattern.compile("\\s++");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))");
    private static final Pattern SEPARATORS = Pattern.compile("[,;\\s]++");
    private static final Pattern BETWEEN_SYMBOLS =
            Pattern.compile("[,;\\s`\"'\u201c\u201d\u2018\u2019]++");

    private Wording() {}

    /// Returns an answer as it is written, without what sets it off: emphasis, quotes, code marks,
    /// a box, a period at the end. White space becomes one space.
    static String plain(String raw) {
        String text = COMMAND.matcher(INLINE.matcher(raw).replaceAll("")).replaceAll("$1");
        text = COMMAND.matcher(text).replaceAll("$1"); // a \text in a \boxed
        return BLANKS.matcher(peeled(text.replace('\u2212', '-'))).replaceAll(" ");
    }

    /// Returns what an answer has in common with its other forms: small letters, without brackets
    /// around the whole, words separated by one space where there were commas. An answer without a
    /// letter or digit keeps its symbols and loses the space between them, so that a sequence of
    /// brackets is compared bracket by bracket.
    static String normal(String raw) {
        String text = plain(raw);
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return BETWEEN_SYMBOLS.matcher(text).replaceAll("");
        }
        String bare = peeled(unbracketed(text)).toLowerCase(Locale.ROOT);
        String[] words = SEPARATORS.split(THOUSANDS.matcher(bare).replaceAll(""), -1);
        StringBuilder joined = new StringBuilder();
        for (String word : words) {
            String each = unquoted(word);
            if (!each.isEmpty()) {
                joined.append(joined.isEmpty() ? "" : " ").append(each);
            }
        }
        return joined.toString();
    }

    /// Returns text of at most so many characters, for logs.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /// Takes off marks and white space around the whole.
    private static String peeled(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isMark(text.charAt(from), FRONT)) {
            from++;
        }
        while (from < to && isMark(text.charAt(to - 1), BACK)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isMark(char c, String marks) {
        return Character.isWhitespace(c) || marks.indexOf(c) >= 0;
    }

    /// Takes off brackets that hold all of the text, as often as there are some.
    private static String unbracketed(String text) {
        String bare = text;
        while (bare.length() > 2) {
            int kind = OPENING.indexOf(bare.charAt(0));
            String inside = bare.substring(1, bare.length() - 1);
            if (kind < 0
                    || bare.charAt(bare.length() - 1) != CLOSING.charAt(kind)
                    || inside.indexOf(OPENING.charAt(kind)) >= 0
                    || inside.indexOf(CLOSING.charAt(kind)) >= 0) {
                break;
            }
            bare = inside.strip();
        }
        return bare;
    }

    private static String unquoted(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && QUOTES.indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (from < to && QUOTES.indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }
}
