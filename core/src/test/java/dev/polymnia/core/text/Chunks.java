package dev.polymnia.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All ways to cut something in parts.
final class Chunks {
    private Chunks() {}

    /// Returns all ways to cut a text of at most 20 characters in non-empty parts.
    static Stream<List<String>> all(String text) {
        int gaps = Math.max(text.length() - 1, 0);
        return IntStream.range(0, 1 << gaps).mapToObj(cuts -> cut(text, cuts));
    }

    private static List<String> cut(String text, int cuts) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i < text.length(); i++) {
            if ((cuts & (1 << (i - 1))) != 0) {
                parts.add(text.substring(begin, i));
                begin = i;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }
}
