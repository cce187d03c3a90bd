package dev.polymnia.server.people;

import dev.polymnia.core.Fault;
import java.text.Normalizer;

/// What people call something, in a line. Stateless.
public final class Label {
    private Label() {}

    /// Returns a text in its usual form: NFC, without spaces around it.
    ///
    /// @param longest how many characters it may have
    /// @throws Fault `INVALID` if it has none, more, or some that cannot be seen
    public static String of(String text, int longest) {
        String label = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        int length = label.codePointCount(0, label.length());
        if (length < 1 || length > longest) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A name of %d characters; choose 1 to %d.".formatted(length, longest));
        }
        if (!label.codePoints().allMatch(Label::isVisible)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The name has a character that cannot be seen; leave it out.");
        }
        return label;
    }

    /// Returns what of a text can be seen, at most so many characters of it; empty if nothing can.
    public static String cut(String text, int longest) {
        String label = text.replaceAll("\\p{C}", "").strip();
        int length = Math.min(longest, label.codePointCount(0, label.length()));
        return label.substring(0, label.offsetByCodePoints(0, length));
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> c == ' ' || !Character.isSpaceChar(c);
        };
    }
}
