package dev.polymnia.agents.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words that are neither a number nor a list: a sentence around one number, or a formula.
final class Sentence {
    private static final Pattern VERB =
            Pattern.compile(
                    "\\b(?:is|are|was|were|be|equals?|has|have|had|gets?|got|makes?|made|earns?|earned"
                        + "|pays?|paid|costs?|spends?|spent|sells?|sold|needs?|takes?|took|receives?"
                        + "|received|saves?|saved|reads?|walks?|walked|runs?|ran|eats?|ate|uses?|used"
                        + "|buys?|bought|collects?|collected|drinks?|drank|owes?|owns?|travels?"
                        + "|traveled|drives?|drove|lasts?|weighs?|gives?|gave|can|will|would|must|"
                        + "should|left|remains?|becomes?|contains?|produces?|produced)\\b|=");
    private static final Pattern NUMBER = Pattern.compile("-?[$€£]?-?(?:\\d[\\d,.]*)?\\d");
    private static final Pattern TAIL =
            Pattern.compile(
                    " (?:and|to|at|in|for|after|before|because|on|from|by|with|when|if|so|of|out)"
                            + "(?= )|[,;:(]");
    private static final Pattern EQUATION =
            Pattern.compile("[-+*/^().,$€£%\\d\\s=]*\\d[^=a-z]*=([^=]+)");
    private static final Pattern LETTERS = Pattern.compile("[a-z]{2,}");
    private static final Pattern FUNCTIONS =
            Pattern.compile("sqrt|root|sin|cos|tan|log|ln|pi|infinity");

    private static final Pattern TIMES = Pattern.compile("(?<=\\d)\\*(?=[a-z(])");

    private Sentence() {}

    /// Returns the quantity of a sentence that states exactly one, `she sold 31 muffins`: a verb
    /// before the number, and no other number anywhere. A name with a number (`apollo 11`) has no
    /// verb and stays as it is.
    ///
    /// @param text in small letters, one line
    static Optional<String> quantity(String text) {
        Matcher verb = VERB.matcher(text);
        Matcher number = NUMBER.matcher(text);
        if (!number.find() || !verb.find() || verb.end() > number.start()) {
            return Optional.empty();
        }
        int start = number.start();
        boolean inWord = start > 0 && !isGap(text.charAt(start - 1));
        if (inWord || number.find()) {
            return Optional.empty();
        }
        String counted = TAIL.split(text.substring(start), 2)[0];
        return Quantity.parse(counted).map(Quantity::toString);
    }

    /// Returns the right side of an equation between numbers, `5 + 26 = 31`.
    ///
    /// @param text in small letters, one line
    static Optional<String> result(String text) {
        Matcher equation = EQUATION.matcher(text);
        return equation.matches()
                ? Quantity.parse(equation.group(1).strip()).map(Quantity::toString)
                : Optional.empty();
    }

    /// Returns a formula without spaces, `2 * x + 1` as `2x+1`; other words as they are.
    static String formula(String text) {
        String bare = FUNCTIONS.matcher(text).replaceAll("");
        boolean words = LETTERS.matcher(bare).find() || !bare.matches(".*[\\d=+*/^].*");
        boolean plain = bare.chars().allMatch(c -> c < 128);
        return words || !plain ? text : TIMES.matcher(text.replace(" ", "")).replaceAll("");
    }

    private static boolean isGap(char before) {
        return before == ' ' || before == '=' || before == ':' || before == '~';
    }
}
