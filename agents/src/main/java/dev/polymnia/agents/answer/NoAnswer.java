package dev.polymnia.agents.answer;

import java.util.regex.Pattern;

/// Tells words that say there is no answer: "cannot be determined", "not enough information".
///
/// They are an answer where the question reckons with it, in its options or its words ("or say that
/// it cannot be determined"); all ways of saying so agree then. Elsewhere they do not vote, as one
/// agent that gives up should not outvote others that found something; if most agents say so, most
/// have no short answer, the text is free, and what the person reads says that there is no answer.
/// "No solution", "undefined" and "none" are results and not meant here.
final class NoAnswer {
    /// What all such answers have in common; it is a canonical form.
    static final String KEY = "cannot be determined";

    private static final String SUBJECT =
            "(?:it's |(?:it|this|that|there|we|i|the"
                + " (?:answer|question|problem|value|number|amount|result)) )?(?:is |are |have |do"
                + " )?";
    private static final Pattern SAYING =
            Pattern.compile(
                    SUBJECT
                            + "(?:(?:cannot|can not|can't|could not|couldn't) be"
                            + " (?:determined|answered"
                            + "|calculated|computed|known|inferred|deduced|told)|(?:cannot|can"
                            + " not|can't) determine\\b|(?:not have|don't have)"
                            + " (?:enough|sufficient)\\b|(?:not enough|not"
                            + " sufficient|insufficient|too little|no) (?:given )?"
                            + "(?:information|data|details|context)\\b|(?:impossible|not"
                            + " possible|unable) to (?:determine|know|tell|say"
                            + "|calculate|answer)\\b|not"
                            + " (?:given|stated|specified|mentioned|provided) (?:in|by)"
                            + " the\\b)|(?:i|we) (?:cannot|can not|can't|do not|don't)"
                            + " (?:determine|know|tell)\\b");
    private static final Pattern ALONE =
            Pattern.compile(
                    SUBJECT
                            + "(?:unknown|undetermined|undeterminable|n/a|not (?:given|stated"
                            + "|specified|mentioned|provided|known|determinable|applicable))");
    private static final Pattern RECKONING =
            Pattern.compile(
                    "\\bbe (?:determined|inferred|deduced)\\b|\\b(?:enough|sufficient|insufficient)"
                        + " (?:information|data)\\b|\\bpossible to (?:determine|tell|know|say)\\b"
                        + "|\\bunknown\\b|\\bn/a\\b|\\bundetermined\\b|\\bnot"
                        + " (?:given|stated|specified|mentioned)\\b");

    private NoAnswer() {}

    /// Returns whether an answer says that there is none.
    ///
    /// @param text without wrapping, in small letters, one line
    static boolean isOne(String text) {
        return SAYING.matcher(text).lookingAt() || ALONE.matcher(text).matches();
    }

    /// Returns whether a question reckons with there being no answer.
    ///
    /// @param question in small letters
    static boolean isReckonedWith(String question) {
        return RECKONING.matcher(question).find();
    }
}
