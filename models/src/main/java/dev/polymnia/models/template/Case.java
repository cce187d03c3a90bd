package dev.polymnia.models.template;

import java.util.Locale;

/// Upper and lower case, the same on every machine.
final class Case {
    private Case() {}

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// Uppercases every letter that follows a non-letter, as `str.title` does.
    static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int character = text.codePointAt(at);
            out.appendCodePoint(
                    inWord ? Character.toLowerCase(character) : Character.toTitleCase(character));
            inWord = isCased(character);
        }
        return out.toString();
    }

    static String swap(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(character ->
                        Character.isUpperCase(character)
                                ? Character.toLowerCase(character)
                                : Character.toUpperCase(character))
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isCased(int character) {
        return Character.isUpperCase(character)
                || Character.isLowerCase(character)
                || Character.isTitleCase(character);
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints()
                        .noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints()
                        .noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }
}
