package dev.polymnia.agents.answer;

import java.util.Locale;
import java.util.regex.Pattern;

/// Tells words that refuse to answer: "I'm sorry, but I can't help with that.", "As an AI, I do not
/// …". A refusal must not vote. An excuse alone is none ("Sorry, that was wrong: it is 31"), nor is
/// "I can't believe it".
final class Refusals {
    /// A refusal says so at once.
    private static final int LONGEST = 300;

    private static final String EXCUSE =
            "(?:(?:i'm|i am|we're|we are) (?:[a-z]+ )?(?:sorry|afraid)|sorry|(?:my )?apologies"
                    + "|i apologi[sz]e|unfortunately|i (?:appreciate|understand)[^.!?\\n]{0,80}?)";
    private static final String UNABLE =
            "(?:can't|cannot|can not|could not|couldn't|won't|will not|(?:am|'m|are|'re) (?:not"
                + " able to|unable to|not going to|not comfortable|not allowed to)|do not feel"
                + " comfortable|don't feel comfortable|decline to|refuse to|must decline|have to"
                + " decline)";
    private static final String DEED =
            "(?:help|assist|provide|answer|comply|fulfil|fulfill|do"
                + " (?:that|this)|engage|discuss|share"
                + "|create|generate|write|continue|support|give|respond|offer|participate|complete"
                + "|providing|answering|helping|discussing)\\b";
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "(?:"
                            + EXCUSE
                            + "[,.;:!]? ?(?:but |that |however,? )?)?i ?"
                            + UNABLE
                            + " (?:[a-z]+ ){0,3}?"
                            + DEED);
    private static final Pattern MACHINE =
            Pattern.compile(
                    "(?:"
                            + EXCUSE
                            + "[,.;:!]? ?(?:but )?)?as an? (?:ai\\b|artificial|(?:large )?language"
                            + " model)[^.!?\\n]{0,80}?\\bi ?(?:"
                            + UNABLE
                            + "|do not|don't|(?:am|'m) not|have no)\\b");

    private Refusals() {}

    /// Returns whether words begin with a refusal.
    static boolean isRefusal(String words) {
        String start = words.strip();
        String plain =
                Markup.strip(start.substring(0, Math.min(start.length(), LONGEST)))
                        .toLowerCase(Locale.ROOT);
        return REFUSAL.matcher(plain).lookingAt() || MACHINE.matcher(plain).lookingAt();
    }
}
