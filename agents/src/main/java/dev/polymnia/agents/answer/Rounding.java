package dev.polymnia.agents.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads to what a question wants its answer rounded.
///
/// Known are decimal places, significant figures and "the nearest" something: a whole number, a
/// tenth, ten, a cent, a dollar, any unit, any number. A question that wants its answer rounded up
/// or down cannot be helped by a grid, which rounds to the nearest, so the usual one holds there.
final class Rounding {
    private static final List<String> NAMES =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final String COUNT = "\\b(\\d{1,2}|" + String.join("|", NAMES) + ")[- ]";
    private static final int MOST_DIGITS = 12;

    private static final Pattern DIRECTED =
            Pattern.compile(
                    "\\bround(?:ed|ing|s)? (?:it |them |your answer |the answer )?(?:up|down)\\b");
    private static final Pattern PLACES =
            Pattern.compile(
                    COUNT
                            + "(?:decimal[- ]places?|decimals?\\b|d\\.?p\\b|digits?"
                            + " (?:after|past|to the right of) the decimal)");
    private static final Pattern FIGURES =
            Pattern.compile(
                    COUNT + "(?:(?:significant|sig\\.?)[- ]?(?:figures?|digits?|figs?)|s\\.?f\\b)");
    private static final Pattern NEAREST =
            Pattern.compile(
                    "\\bnearest (?:whole |full )?((?:ten|hundred)[- ]thousand(?:th)?|[a-z]+"
                            + "|\\d[\\d,]{0,9}(?:\\.\\d{1,9})?|\\.\\d{1,9})");
    private static final Pattern FRACTION =
            Pattern.compile(
                    "\\bas an? (?:[a-z]+ ){0,3}(?:fraction|mixed number)\\b|\\bcommon"
                            + " fraction\\b|\\bwhat fraction\\b|\\bwhich"
                            + " fraction\\b|\\b(?:simplest|lowest|reduced|simplified|exact)"
                            + " (?:form|terms|value|answer|fraction)\\b");

    private static final Map<String, Rational> STEPS =
            Map.ofEntries(
                    Map.entry("whole", Rational.of(1)),
                    Map.entry("number", Rational.of(1)),
                    Map.entry("integer", Rational.of(1)),
                    Map.entry("unit", Rational.of(1)),
                    Map.entry("one", Rational.of(1)),
                    Map.entry("tenth", Rational.powerOfTen(-1)),
                    Map.entry("hundredth", Rational.powerOfTen(-2)),
                    Map.entry("thousandth", Rational.powerOfTen(-3)),
                    Map.entry("ten thousandth", Rational.powerOfTen(-4)),
                    Map.entry("hundred thousandth", Rational.powerOfTen(-5)),
                    Map.entry("ten", Rational.of(10)),
                    Map.entry("hundred", Rational.of(100)),
                    Map.entry("thousand", Rational.of(1_000)),
                    Map.entry("ten thousand", Rational.of(10_000)),
                    Map.entry("hundred thousand", Rational.of(100_000)),
                    Map.entry("million", Rational.of(1_000_000)));

    private Rounding() {}

    /// Returns the grid of a question.
    ///
    /// @param words those that say what is asked for, in small letters
    /// @param inCents whether an amount of money is asked for in cents
    static Grid asked(String words, boolean inCents) {
        if (DIRECTED.matcher(words).find()) {
            return new Grid.Usual();
        }
        return count(PLACES, words)
                .<Grid>map(places -> new Grid.Step(Rational.powerOfTen(-places)))
                .or(() -> count(FIGURES, words).filter(n -> n > 0).map(Grid.Figures::new))
                .or(() -> nearest(words, inCents))
                .orElseGet(
                        () -> FRACTION.matcher(words).find() ? new Grid.Exact() : new Grid.Usual());
    }

    private static Optional<Integer> count(Pattern pattern, String words) {
        Matcher match = pattern.matcher(words);
        if (!match.find()) {
            return Optional.empty();
        }
        String count = match.group(1);
        int number = NAMES.contains(count) ? NAMES.indexOf(count) : Integer.parseInt(count);
        return Optional.of(number).filter(digits -> digits <= MOST_DIGITS);
    }

    private static Optional<Grid> nearest(String words, boolean inCents) {
        return NEAREST.matcher(words)
                .results()
                .flatMap(match -> step(match.group(1), inCents).stream())
                .filter(step -> !step.isZero())
                .<Grid>map(Grid.Step::new)
                .findFirst();
    }

    private static Optional<Rational> step(String word, boolean inCents) {
        if (!Character.isLetter(word.charAt(0))) {
            return Rational.of(word.replace(",", ""), 0);
        }
        String name = word.replace('-', ' ');
        String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
        Optional<Rational> step = Optional.ofNullable(STEPS.get(singular));
        return step.or(() -> Unit.named(word).map(unit -> step(unit, inCents)));
    }

    /// The nearest cent is a hundredth, unless cents are asked for; the nearest hour is an hour.
    private static Rational step(Unit unit, boolean inCents) {
        return Rational.powerOfTen(unit == Unit.CENT && !inCents ? -2 : 0);
    }
}
