package dev.polymnia.agents.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes names one way: `J. K. Rowling` and `J.K. Rowling` are `jk rowling`, `King, Jr.` is `king
/// jr`, and degrees go. Titles in front are dropped with the other words that lead up to an answer.
final class Names {
    private static final Pattern INITIALS =
            Pattern.compile("(?<![\\w.])[a-z]\\.(?: ?[a-z]\\.){0,5}(?! ?\\d)");
    private static final Pattern GENERATION = Pattern.compile(",? (jr|sr)\\.?$");
    private static final Pattern DEGREE =
            Pattern.compile("(?<=[a-z]), (?:ph\\.? ?d|m\\.? ?d|esq)\\.?$");

    private Names() {}

    /// Returns the text without the comma before what follows a name, which begins no list.
    ///
    /// @param text in small letters, one line
    static String joined(String text) {
        String plain = DEGREE.matcher(text).replaceFirst("");
        return GENERATION.matcher(plain).replaceFirst(" $1");
    }

    /// Returns the text with initials as one word.
    ///
    /// @param text in small letters, one line
    static String plain(String text) {
        Matcher match = INITIALS.matcher(text);
        return match.replaceAll(found -> found.group().replace(".", "").replace(" ", ""));
    }
}
