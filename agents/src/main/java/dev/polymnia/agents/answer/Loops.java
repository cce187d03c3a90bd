package dev.polymnia.agents.answer;

/// Finds chains that go round in circles.
public final class Loops {
    private static final int LONGEST_PERIOD = 400;
    private static final int LEAST_REPEATED = 120;
    private static final int LEAST_ROUNDS = 4;

    private Loops() {}

    /// Returns whether words end in the same piece said again and again: at least four times, and
    /// at least 120 characters in all. Takes time in proportion to the longest period looked for,
    /// 400 characters, times the length of the repetition.
    public static boolean isLooping(String words) {
        String text = words.stripTrailing();
        for (int period = 1; period <= LONGEST_PERIOD && period < text.length(); period++) {
            int repeated = repeated(text, period);
            if (repeated >= LEAST_REPEATED && repeated >= LEAST_ROUNDS * period) {
                return true;
            }
        }
        return false;
    }

    /// Returns how many of the last characters repeat with a period.
    private static int repeated(String text, int period) {
        int last = text.length() - 1;
        int i = last;
        while (i - period >= 0 && text.charAt(i) == text.charAt(i - period)) {
            i--;
        }
        return last - i + period;
    }
}
