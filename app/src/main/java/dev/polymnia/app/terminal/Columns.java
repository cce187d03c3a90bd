package dev.polymnia.app.terminal;

import org.jline.utils.AttributedString;

/// Cuts texts to columns of a terminal; wide characters take two.
final class Columns {
    private Columns() {}

    /// Returns the beginning of a text that fits.
    static String head(CharSequence text, int columns) {
        return new AttributedString(text).columnSubSequence(0, columns).toString();
    }

    /// Returns the end of a text that fits.
    static String tail(CharSequence text, int columns) {
        // A character takes two columns at most, so what lies further back cannot fit or is not
        // needed; combining ones are dropped with what they stand on.
        int from = Math.max(0, text.length() - 2 * columns);
        AttributedString near = new AttributedString(text.subSequence(from, text.length()));
        int all = near.columnLength();
        return near.columnSubSequence(Math.max(0, all - columns), all).toString();
    }
}
