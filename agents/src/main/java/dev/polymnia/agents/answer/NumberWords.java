package dev.polymnia.agents.answer;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Turns a number in words at the beginning of an answer, up to ninety-nine, into digits. Inside a
/// text words stay words.
final class NumberWords {
    private static final List<String> SMALL =
            List.of(
                    "zero",
                    "one",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                    "sixteen",
                    "seventeen",
                    "eighteen",
                    "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Pattern WORDS =
            Pattern.compile(
                    "^(?:("
                            + String.join("|", TENS)
                            + ")(?:[- ]("
                            + String.join("|", SMALL.subList(1, 10))
                            + "))?|("
                            + String.join("|", SMALL.reversed())
                            + "))(?![\\w'-])"
                            + "(?! (?:of|third|half|quarter|fifth|by)\\b)");

    private NumberWords() {}

    /// Returns the text with digits for the words it begins with.
    ///
    /// @param text in small letters
    static String digits(String text) {
        return WORDS.matcher(text).replaceFirst(NumberWords::number);
    }

    private static String number(MatchResult match) {
        if (match.group(3) != null) {
            return Integer.toString(SMALL.indexOf(match.group(3)));
        }
        int tens = 10 * (TENS.indexOf(match.group(1)) + 2);
        int ones = match.group(2) == null ? 0 : SMALL.indexOf(match.group(2));
        return Integer.toString(tens + ones);
    }
}
