package dev.polymnia.eval.report;

import dev.polymnia.eval.SampleResult;
import dev.polymnia.eval.Score;
import java.util.regex.Pattern;

/// The rule by which a sample counts as refused: within its first 300 characters the answer says,
/// in the first person, that its writer cannot or will not help, answer, comply, continue or
/// provide something, or declines to; and the answer is not right. Reasoning does not count, nor
/// does an inability to work something out ("I cannot determine the number"). The rule is small on
/// purpose: it finds the usual phrases, so its rate is a lower bound.
final class Refusals {
    private static final int BEGINNING = 300;

    private static final Pattern PHRASE =
            Pattern.compile(
                    "\\bi(?:'m| am)? ?(?:can(?:'t|not| not)|won't|will not|(?:not able|unable) to"
                            + "|(?:must|have to|will) decline to|not comfortable|refuse to"
                            + "|decline to) (?:help|assist|answer|comply|continue|provid|fulfil"
                            + "|engage|support|participate|do that|discuss)"
                            + "|\\bi(?:'m| am) sorry,? but i (?:can(?:'t|not| not)|won't)\\b"
                            + "(?! (?:determine|find|see|tell|solve|compute|calculate|work out))",
                    Pattern.CASE_INSENSITIVE);

    private Refusals() {}

    /// Returns whether the sample counts as refused.
    static boolean refused(SampleResult result) {
        return result.score().filter(Score::right).isEmpty() && refused(result.text());
    }

    /// Returns whether an answer has the words of a refusal.
    static boolean refused(String text) {
        String beginning = text.substring(0, Math.min(text.length(), BEGINNING));
        return PHRASE.matcher(beginning.replace('\u2019', '\'')).find();
    }
}
