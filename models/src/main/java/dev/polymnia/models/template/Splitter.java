package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Python's `split` and `rsplit`.
///
/// @param text what is split
/// @param most at how many places at most
/// @param budget pays for the parts
record Splitter(String text, long most, Budget budget) {
    /// Every part is an object of its own, however short.
    private static final int STEPS_A_PART = 16;

    List<String> by(String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        Search search = new Search(text, separator, budget);
        int at = search.next(0);
        while (at >= 0 && parts.size() < most) {
            budget.spend(STEPS_A_PART);
            parts.add(text.substring(from, at));
            from = at + separator.length();
            at = search.next(from);
        }
        parts.add(text.substring(from));
        return parts;
    }

    List<String> fromRight(String separator) {
        List<String> parts = new ArrayList<>();
        int to = text.length();
        Search search = new Search(text, separator, budget);
        int at = search.last(text.length());
        while (at >= 0 && parts.size() < most) {
            budget.spend(STEPS_A_PART);
            parts.add(text.substring(at + separator.length(), to));
            to = at;
            // A match may not overlap the one to its right.
            at = search.last(to - separator.length());
        }
        parts.add(text.substring(0, to));
        Collections.reverse(parts);
        return parts;
    }

    List<String> words() {
        List<String> parts = new ArrayList<>();
        int from = skip(0, true);
        while (from < text.length()) {
            budget.spend(STEPS_A_PART);
            if (parts.size() >= most) {
                parts.add(text.substring(from));
                break;
            }
            int to = skip(from, false);
            parts.add(text.substring(from, to));
            from = skip(to, true);
        }
        return parts;
    }

    private int skip(int from, boolean space) {
        int at = from;
        while (at < text.length() && Text.isSpace(text.charAt(at)) == space) {
            at++;
        }
        return at;
    }

    List<String> wordsFromRight() {
        List<String> parts = new ArrayList<>();
        int to = skipLeft(text.length(), true);
        while (to > 0) {
            budget.spend(STEPS_A_PART);
            if (parts.size() >= most) {
                parts.add(text.substring(0, to));
                break;
            }
            int from = skipLeft(to, false);
            parts.add(text.substring(from, to));
            to = skipLeft(from, true);
        }
        Collections.reverse(parts);
        return parts;
    }

    private int skipLeft(int from, boolean space) {
        int at = from;
        while (at > 0 && Text.isSpace(text.charAt(at - 1)) == space) {
            at--;
        }
        return at;
    }
}
