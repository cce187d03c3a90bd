package dev.polymnia.agents.answer;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns a number in words at the beginning of an answer into digits: `thirty-one`, `two hundred
/// and five`, `two thirds`. Inside a text words stay words.
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
    private static final Map<String, Integer> PARTS =
            Map.of(
                    "half", 2, "halve", 2, "third", 3, "quarter", 4, "fourth", 4, "fifth", 5,
                    "sixth", 6, "eighth", 8, "tenth", 10);

    private static final Map<String, Long> SCALES =
            Map.of("thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);

    private static final String BELOW_HUNDRED =
            "(?:(%1$s)(?:[- ](%2$s))?|(%3$s))(?![\\w'])"
                    .formatted(
                            String.join("|", TENS),
                            String.join("|", SMALL.subList(1, 10)),
                            String.join("|", SMALL.reversed()));

    /// A number below a thousand and what it is multiplied by.
    private static final Pattern GROUP =
            Pattern.compile(
                    BELOW_HUNDRED
                            + "(?:( hundred)(?![\\w'-])(?:(?: and)? "
                            + BELOW_HUNDRED
                            + ")?)?(?: (thousand|million|billion)(?![\\w'-]))?");

    private static final Pattern GAP = Pattern.compile("(?: and)? ");
    private static final Pattern STOP =
            Pattern.compile("[\\w'-]| (?:of|third|half|quarter|fifth|by)\\b");
    private static final Pattern FRACTION =
            Pattern.compile(
                    "^(?:(one|two|three|four|five|six|seven|eight|nine)[-"
                            + " ](half|halve|third|quarter|fourth|fifth|sixth|eighth|tenth)s?|a"
                            + " half|half$)(?![\\w'-])");

    private NumberWords() {}

    /// Returns the text with digits for the words it begins with.
    ///
    /// @param text in small letters
    static String digits(String text) {
        Matcher fraction = FRACTION.matcher(text);
        if (fraction.find()) {
            boolean half = fraction.group(1) == null;
            int top = half ? 1 : SMALL.indexOf(fraction.group(1));
            int bottom = half ? 2 : PARTS.getOrDefault(fraction.group(2), 1);
            return top + "/" + bottom + text.substring(fraction.end());
        }
        return integer(text);
    }

    /// Returns whether a word is the name of a number above one.
    static boolean isNumber(String word) {
        return TENS.contains(word) || SMALL.indexOf(word) > 1;
    }

    private static String integer(String text) {
        Matcher group = GROUP.matcher(text);
        Matcher gap = GAP.matcher(text);
        long number = 0;
        long last = Long.MAX_VALUE;
        int from = 0;
        int end = 0;
        while (last > 1 && group.region(from, text.length()).lookingAt()) {
            long scale = group.group(8) == null ? 1 : SCALES.getOrDefault(group.group(8), 1L);
            if (scale >= last) {
                break;
            }
            number += below(group) * scale;
            last = scale;
            end = group.end();
            from = gap.region(end, text.length()).lookingAt() ? gap.end() : text.length();
        }
        boolean stops = end == 0 || STOP.matcher(text).region(end, text.length()).lookingAt();
        return stops ? text : number + text.substring(end);
    }

    private static long below(MatchResult group) {
        long first = tens(group, 1);
        return group.group(4) == null ? first : 100 * first + tens(group, 5);
    }

    /// Returns the number below a hundred whose three groups begin at an index; 0 if it is missing.
    private static long tens(MatchResult match, int group) {
        if (match.group(group + 2) != null) {
            return SMALL.indexOf(match.group(group + 2));
        }
        if (match.group(group) == null) {
            return 0;
        }
        String ones = match.group(group + 1);
        return 10L * (TENS.indexOf(match.group(group)) + 2)
                + (ones == null ? 0 : SMALL.indexOf(ones));
    }
}
