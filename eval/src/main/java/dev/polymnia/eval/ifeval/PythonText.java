package dev.polymnia.eval.ifeval;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Python's strings and regular expressions do where Java's do something else. Immutable.
final class PythonText {
    /// A character of a word (`\w`). Java's leaves digits like `²` out and takes combining marks
    /// in, so that it counts fewer words in Hindi or Thai.
    static final String WORD = "[\\p{L}\\p{N}_]";

    /// The border of a word (`\b`).
    static final String BORDER =
            "(?:(?<=" + WORD + ")(?!" + WORD + ")|(?<!" + WORD + ")(?=" + WORD + "))";

    private static final Pattern SPACES =
            Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

    private PythonText() {}

    /// Compiles a regular expression: `\s` and `\d` know Unicode, and only `\n` ends a line.
    ///
    /// @param flags further flags of [Pattern], or 0
    static Pattern pattern(String regex, int flags) {
        return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES | flags);
    }

    /// Returns a text without white space at its ends (`str.strip()`). Unlike Java's `strip`, a
    /// no-break space counts as white space.
    static String strip(String text) {
        return strip(text, PythonText::isSpace, true, true);
    }

    /// Returns a text without a character at its ends (`str.strip(c)`).
    static String strip(String text, char end) {
        return strip(text, c -> c == end, true, true);
    }

    /// Returns a text without a character at its beginning (`str.lstrip(c)`).
    static String stripStart(String text, char end) {
        return strip(text, c -> c == end, true, false);
    }

    /// Returns a text without a character at its end (`str.rstrip(c)`).
    static String stripEnd(String text, char end) {
        return strip(text, c -> c == end, false, true);
    }

    /// Returns whether there is nothing but white space.
    static boolean isBlank(String text) {
        return text.chars().allMatch(PythonText::isSpace);
    }

    /// Returns a text without what it begins with (`str.removeprefix`).
    static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    /// Returns a text without what it ends with (`str.removesuffix`).
    static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /// Returns what lies between white space (`str.split()`).
    static List<String> split(String text) {
        return Stream.of(SPACES.split(text, -1)).filter(part -> !part.isEmpty()).toList();
    }

    /// Returns whether there is a capital letter and no small one (`str.isupper()`).
    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(Character::isTitleCase);
    }

    /// Returns whether there is a small letter and no capital one (`str.islower()`).
    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(Character::isTitleCase);
    }

    /// Returns whether a character is white space (`str.isspace()`).
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static String strip(String text, IntPredicate gone, boolean before, boolean after) {
        int start = 0;
        int end = text.length();
        while (before && start < end && gone.test(text.charAt(start))) {
            start++;
        }
        while (after && start < end && gone.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
