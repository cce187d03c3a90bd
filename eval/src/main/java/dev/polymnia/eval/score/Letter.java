package dev.polymnia.eval.score;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The letter of an option with which some words begin: `(B)`, `B.`, `**B**`, `option B because …`.
///
/// @param value a capital letter
/// @param isAlone whether nothing but marks follows
/// @param isMarked whether a bracket, a period or the like sets it off from what follows
record Letter(char value, boolean isAlone, boolean isMarked) {
    private static final Pattern FORM =
            Pattern.compile(
                    "[*_$\"'`#\\\\\\s]*+(?:\\\\?+[a-z]{1,12}+\\{){0,3}+(?:(?i:option|choice|letter|answer)\\b[:\\s]*+)?+"
                        + "[*_\"'`$]*+([(\\[{]?+)\\s?+([A-Za-z])(?![A-Za-z0-9'\u2019/&+-])");
    private static final Pattern WORD = Pattern.compile("[*_]*+\\s++([a-z]++).*+", Pattern.DOTALL);
    private static final Pattern MARK =
            Pattern.compile(
                    "\\s?+\\\\?+[)\\]}*_:,\"'`$]|[.;](?![A-Za-z0-9])|\\s++[-\u2013\u2014(]|[\u2013\u2014]");
    private static final Pattern NOTHING = Pattern.compile("[^\\p{L}\\p{N}]*+");

    /// Words behind a letter that is not the word "a" or "I".
    private static final Set<String> CONNECTIVES =
            Set.of("because", "since", "as", "which", "is", "for", "where");

    /// Reads the beginning of a statement. A single letter that may be a word ("a dog", "I think")
    /// is none, and a small letter counts only if it is bracketed, alone or before a period.
    ///
    /// @return the letter, or empty if the words do not begin with one
    static Optional<Letter> read(String statement) {
        Matcher match = FORM.matcher(statement);
        if (!match.lookingAt()) {
            return Optional.empty();
        }
        char letter = match.group(2).charAt(0);
        String rest = statement.substring(match.end());
        boolean alone = NOTHING.matcher(rest).matches();
        boolean marked = MARK.matcher(rest).lookingAt();
        boolean bracketed = match.end(1) > match.start(1) && marked;
        if (!alone && !bracketed && !isLetter(letter, rest, marked)) {
            return Optional.empty();
        }
        char value = Character.toUpperCase(letter);
        return Optional.of(new Letter(value, alone, marked));
    }

    /// Returns the index of the option, from 0.
    int index() {
        return value - 'A';
    }

    private static boolean isLetter(char letter, String rest, boolean marked) {
        if (letter >= 'a') {
            return rest.startsWith(")") || (marked && rest.startsWith("."));
        }
        if (marked || (letter != 'A' && letter != 'I')) {
            return true;
        }
        Matcher word = WORD.matcher(rest);
        return !word.matches() || CONNECTIVES.contains(word.group(1));
    }
}
