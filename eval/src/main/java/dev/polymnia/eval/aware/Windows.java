package dev.polymnia.eval.aware;

import java.util.ArrayList;
import java.util.List;

/// Cuts long text into windows. Neighbours share some words, so that no sentence of usual length is
/// torn apart in all of them.
final class Windows {
    /// One part in so many is shared with the window before.
    private static final int OVERLAP = 10;

    private static final List<String> ENDS = List.of("\n\n", "\n", ". ", " ");

    private Windows() {}

    /// Returns the windows of a text, in order; all of it is in them.
    ///
    /// @param size the most characters of one, at least 20
    static List<String> of(String text, int size) {
        List<String> windows = new ArrayList<>();
        int from = 0;
        while (text.length() - from > size) {
            int to = end(text, from, from + size);
            windows.add(text.substring(from, to));
            from = begin(text, to - size / OVERLAP, to);
        }
        windows.add(text.substring(from));
        return windows;
    }

    /// The end of a paragraph, a line, a sentence or a word in the second half, in this order.
    private static int end(String text, int from, int to) {
        int half = from + (to - from) / 2;
        for (String end : ENDS) {
            int at = text.lastIndexOf(end, to - end.length());
            if (at > half) {
                return at + end.length();
            }
        }
        return whole(text, to);
    }

    private static int begin(String text, int from, int to) {
        int space = text.indexOf(' ', from);
        return space >= 0 && space < to ? space + 1 : whole(text, from);
    }

    /// Not between the halves of a character.
    private static int whole(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
