package dev.polymnia.eval.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The n-grams that langdetect looks at: one to three characters, a space standing for whatever is
/// between words.
///
/// Differs in two things: Chinese characters that are used alike are not put together, and
/// decomposed Vietnamese is not composed.
final class Ngrams {
    private static final int LONGEST = 3;
    private static final int MOST_TEXT = 10_000;
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "https?://[-\\w.?&~;+=/#]{1,2076}|[-\\w.]{1,64}+@[-\\w]{1,255}[-\\w.]{1,255}");

    private Ngrams() {}

    /// Returns the n-grams of a text, in order.
    ///
    /// Oddity: none ends within a run of capital letters, after its first one, so a text in
    /// capitals has few.
    static List<String> of(String text) {
        String clean = clean(text);
        List<String> grams = new ArrayList<>();
        StringBuilder window = new StringBuilder(" ");
        boolean capitals = false;
        for (int i = 0; i < clean.length(); i++) {
            char c = normal(clean.charAt(i));
            char last = window.charAt(window.length() - 1);
            if (last == ' ') {
                window.setLength(0);
                window.append(' ');
                capitals = false;
                if (c == ' ') {
                    continue;
                }
            } else if (window.length() == LONGEST) {
                window.deleteCharAt(0);
            }
            window.append(c);
            capitals = Character.isUpperCase(c) && (capitals || Character.isUpperCase(last));
            if (!capitals) {
                add(window, grams);
            }
        }
        return grams;
    }

    private static void add(StringBuilder window, List<String> grams) {
        int end = window.length();
        if (window.charAt(end - 1) != ' ') {
            grams.add(window.substring(end - 1));
        }
        for (int length = 2; length <= end; length++) {
            grams.add(window.substring(end - length));
        }
    }

    /// Takes addresses out, and Latin letters if the text is mostly in another script.
    private static String clean(String text) {
        String words = ADDRESS.matcher(text).replaceAll(" ");
        String cut = words.substring(0, Math.min(words.length(), MOST_TEXT));
        long latin = cut.chars().filter(Ngrams::isLatin).count();
        long other = cut.chars().filter(c -> c >= 0x300 && !isBetween(c, 0x1e00, 0x1eff)).count();
        if (latin * 2 >= other) {
            return cut;
        }
        StringBuilder rest = new StringBuilder();
        cut.chars().filter(c -> !isLatin(c)).forEach(c -> rest.append((char) c));
        return rest.toString();
    }

    /// Oddity: what ASCII has between `Z` and `a` is Latin as well.
    private static boolean isLatin(int c) {
        return isBetween(c, 'A', 'z');
    }

    /// Puts characters together that tell languages apart as one.
    private static char normal(char c) {
        if (c < 0x80) {
            return isBetween(c, 'A', 'Z') || isBetween(c, 'a', 'z') ? c : ' ';
        }
        if (c == 0xa0 || c == 0xab || c == 0xb0 || c == 0xbb || isBetween(c, 0x2000, 0x206f)) {
            return ' ';
        }
        if (isBetween(c, 0x1ea0, 0x1eff)) {
            return '\u1ec3';
        }
        if (isBetween(c, 0x3040, 0x309f)) {
            return '\u3042';
        }
        if (isBetween(c, 0x30a0, 0x30ff)) {
            return '\u30a2';
        }
        if (isBetween(c, 0x3100, 0x312f) || isBetween(c, 0x31a0, 0x31bf)) {
            return '\u3105';
        }
        if (isBetween(c, 0xac00, 0xd7af)) {
            return '\uac00';
        }
        return switch (c) {
            case '\u0219' -> '\u015f'; // Romanian s and t with a comma are written with a cedilla.
            case '\u021b' -> '\u0163';
            case '\u06cc' -> '\u064a'; // The Persian yeh is written as the Arabic one.
            default -> c;
        };
    }

    private static boolean isBetween(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
