package dev.polymnia.agents.answer;

import java.util.List;

/// Tells words that go round in circles: small models at the end of their wits say the same again
/// and again, and such a chain must not vote.
///
/// A text loops if it holds a run of one period (the maximal repetitions of Kolpakov and Kucherov,
/// "Finding maximal repetitions in a word in linear time", FOCS 1999, found here period by period):
/// an n-gram of up to 60 words said at least four times in a row, 32 words or more together; or,
/// for text without spaces, one of up to 40 characters at the end, eight times, 200 characters or
/// more.
public final class Loops {
    private static final int LONGEST_PERIOD = 60;
    private static final int FEWEST_TURNS = 4;
    private static final int FEWEST_WORDS = 32;
    private static final int LONGEST_CHARACTER_PERIOD = 40;
    private static final int FEWEST_CHARACTER_TURNS = 8;
    private static final int FEWEST_CHARACTERS = 200;

    /// Bounds the work; a loop that has begun before still goes on here.
    private static final int LONGEST = 40_000;

    private Loops() {}

    /// Returns whether a text repeats itself.
    public static boolean isLooping(String text) {
        String end = text.substring(Math.max(0, text.length() - LONGEST)).strip();
        List<String> words = end.isEmpty() ? List.of() : List.of(end.split("\\s+", -1));
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            if (longestRun(words, period) >= Math.max(FEWEST_WORDS, FEWEST_TURNS * period)) {
                return true;
            }
        }
        return endsInCircles(end);
    }

    /// Returns the length of the longest stretch in which each word equals the one a period before.
    private static int longestRun(List<String> words, int period) {
        int longest = 0;
        int equal = 0;
        for (int i = period; i < words.size(); i++) {
            equal = words.get(i).equals(words.get(i - period)) ? equal + 1 : 0;
            longest = Math.max(longest, equal == 0 ? 0 : equal + period);
        }
        return longest;
    }

    private static boolean endsInCircles(String text) {
        for (int period = 1; period <= LONGEST_CHARACTER_PERIOD; period++) {
            int i = text.length() - 1;
            while (i >= period && text.charAt(i) == text.charAt(i - period)) {
                i--;
            }
            int run = text.length() - 1 - i + period;
            if (run >= Math.max(FEWEST_CHARACTERS, FEWEST_CHARACTER_TURNS * period)) {
                return true;
            }
        }
        return false;
    }
}
