package dev.polymnia.agents.answer;

import java.util.regex.Pattern;

/// Tells words that trail off in the middle of a sentence, "and so the total is the sum of…": the
/// model ended its turn, but not what it was saying. That an answer was cut off by a limit is told
/// by its stop reason and not here. Digits that go on (`0.333...`) are a number.
final class Ellipsis {
    private static final Pattern END =
            Pattern.compile("(?<![\\d.\u2026])[ ,;:]?(?:\\.{3}|\u2026)[*_`\"')\\]]{0,6}$");

    /// Where to look for the end.
    private static final int LAST = 40;

    private Ellipsis() {}

    /// Returns whether words end with an ellipsis behind something other than a digit.
    static boolean endsIn(String words) {
        String text = words.stripTrailing();
        return END.matcher(text.substring(Math.max(0, text.length() - LAST))).find();
    }
}
