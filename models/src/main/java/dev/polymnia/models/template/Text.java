package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/// Strings as Python counts and strips them: in code points, with Python's idea of whitespace.
final class Text {
    private Text() {}

    static boolean isSpace(int character) {
        return (character >= 9 && character <= 13)
                || (character >= 28 && character <= 32)
                || character == 0x85
                || character == 0xA0
                || character == 0x1680
                || (character >= 0x2000 && character <= 0x200A)
                || character == 0x2028
                || character == 0x2029
                || character == 0x202F
                || character == 0x205F
                || character == 0x3000;
    }

    static boolean isLineBreak(char character) {
        return (character >= 10 && character <= 13)
                || (character >= 28 && character <= 30)
                || character == 0x85
                || character == 0x2028
                || character == 0x2029;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Returns the offset of a code point that exists or is the end.
    static int offset(String text, int codePoint) {
        return text.offsetByCodePoints(0, codePoint);
    }

    /// Strips characters off the ends. An empty set of characters stands for whitespace, as nobody
    /// strips nothing.
    static String strip(String text, String characters, boolean left, boolean right) {
        // A set, because a template may pass a very long string of characters.
        BitSet set = new BitSet();
        characters.codePoints().forEach(set::set);
        IntPredicate strips = characters.isEmpty() ? Text::isSpace : set::get;
        int start = 0;
        int end = text.length();
        while (left && start < end && strips.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && start < end && strips.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    static List<Value> characters(String text) {
        List<Value> characters = new ArrayList<>(text.length());
        for (int at = 0; at < text.length(); ) {
            int end = at + Character.charCount(text.codePointAt(at));
            characters.add(Value.of(text.substring(at, end)));
            at = end;
        }
        return characters;
    }

    static List<String> lines(String text, boolean keepEnds) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (isLineBreak(text.charAt(at))) {
                int end = text.startsWith("\r\n", at) ? at + 2 : at + 1;
                lines.add(text.substring(start, keepEnds ? end : at));
                start = end;
                at = end - 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static int compare(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int at = 0; at < end; at++) {
            char first = left.charAt(at);
            char second = right.charAt(at);
            if (first != second) {
                // UTF-16 sorts surrogates below the end of the basic plane; code points do not.
                boolean mixed = Character.isSurrogate(first) != Character.isSurrogate(second);
                int order = Character.compare(first, second);
                return mixed ? (Character.isSurrogate(first) ? 1 : -1) : order;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /// Uppercases the first letter and lowercases the others, as `str.capitalize` does.
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return Case.upper(text.substring(0, first)) + Case.lower(text.substring(first));
    }
}
