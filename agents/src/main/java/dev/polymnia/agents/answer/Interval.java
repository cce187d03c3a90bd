package dev.polymnia.agents.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An interval of numbers, written as an inequality: `[1, 3)`, `1 ≤ y < 3` and `3 > t >= 1` are
/// `1<=x<3`, and `≥ 3` is `x>=3`. `between 1 and 3` is without its ends unless it says "inclusive".
///
/// @param low the lower end in canonical form; empty if there is none
/// @param withLow whether the lower end belongs to it
/// @param high the upper end in canonical form; empty if there is none
/// @param withHigh whether the upper end belongs to it
record Interval(String low, boolean withLow, String high, boolean withHigh) {
    private static final String EVERYTHING = "all real numbers";
    private static final String END = "([^,;<>=\\[\\](){}]{1,40})";
    private static final Pattern BRACKETS =
            Pattern.compile("([\\[(])" + END + "[,;]" + END + "([\\])])");
    private static final Pattern CHAIN =
            Pattern.compile(END + "(<=?|>=?) ?([a-z]) ?(<=?|>=?)" + END);
    private static final Pattern VARIABLE_FIRST = Pattern.compile("([a-z] ?)?(<=?|>=?)" + END);
    private static final Pattern VARIABLE_LAST = Pattern.compile(END + "(<=?|>=?) ?([a-z])");
    private static final Pattern BETWEEN =
            Pattern.compile(
                    "(?:[a-z] is )?(?:strictly )?between "
                            + END
                            + " and "
                            + END
                            + "(\\(inclusive\\))?");
    private static final Pattern MEMBER = Pattern.compile("^[a-z] ?(?:∈|in) ?(?=[\\[(])");
    private static final Pattern UNION = Pattern.compile(" ?∪ ?| (?:u|or|union) (?=[\\[(])");
    private static final Pattern INFINITE = Pattern.compile("([-+])?(?:infinity|inf|oo)");
    private static final Pattern MULTIPLE_OF_PI = Pattern.compile("[-+]?[\\d./*]*pi(?:/\\d+)?");

    /// Returns the canonical form of an interval, or of several that are one set; empty if the text
    /// is anything else.
    ///
    /// @param text in small letters, one line
    /// @param pairs whether `[1, 3]` and `(1, 3)` are intervals rather than lists; half-open and
    ///   infinite ones and unions always are
    static Optional<String> canonical(String text, boolean pairs) {
        String set = MEMBER.matcher(text).replaceFirst("");
        String[] parts = UNION.split(set, -1);
        List<String> members = new ArrayList<>();
        for (String part : parts) {
            Optional<Interval> interval = parse(part.strip(), pairs || parts.length > 1);
            if (interval.isEmpty()) {
                return Optional.empty();
            }
            members.add(interval.orElseThrow().toString());
        }
        return Optional.of(Listing.ordered(members));
    }

    /// Reads one interval.
    static Optional<Interval> parse(String text, boolean pairs) {
        if (text.equals(EVERYTHING)) {
            return Optional.of(new Interval("", false, "", false));
        }
        return brackets(text, pairs).or(() -> inequality(text)).or(() -> between(text));
    }

    /// Returns the interval whose ends are changed where they are numbers.
    Interval mapped(UnaryOperator<Rational> change) {
        return new Interval(mapped(low, change), withLow, mapped(high, change), withHigh);
    }

    private static String mapped(String end, UnaryOperator<Rational> change) {
        return Quantity.parse(end)
                .map(quantity -> change.apply(quantity.number()).toString())
                .orElse(end);
    }

    private static Optional<Interval> brackets(String text, boolean pairs) {
        Matcher match = BRACKETS.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        boolean withLow = match.group(1).equals("[");
        boolean withHigh = match.group(4).equals("]");
        return of(match.group(2), withLow, match.group(3), withHigh)
                .filter(found ->
                        pairs
                                || withLow != withHigh
                                || found.low().isEmpty()
                                || found.high().isEmpty());
    }

    private static Optional<Interval> inequality(String text) {
        Matcher chain = CHAIN.matcher(text);
        if (chain.matches()) {
            String first = chain.group(2);
            String second = chain.group(4);
            if (first.charAt(0) != second.charAt(0)) {
                return Optional.empty();
            }
            return directed(chain.group(1), first, second, chain.group(5));
        }
        Matcher before = VARIABLE_FIRST.matcher(text);
        if (before.matches()) {
            boolean less = before.group(2).startsWith("<");
            return directed(
                    less ? "-inf" : "inf", before.group(2), before.group(2), before.group(3));
        }
        Matcher after = VARIABLE_LAST.matcher(text);
        if (after.matches()) {
            boolean less = after.group(2).startsWith("<");
            return directed(after.group(1), after.group(2), after.group(2), less ? "inf" : "-inf");
        }
        return Optional.empty();
    }

    /// Reads `one < x <= other` and `one > x >= other`.
    private static Optional<Interval> directed(
            String one, String first, String second, String other) {
        return first.startsWith("<")
                ? of(one, first.endsWith("="), other, second.endsWith("="))
                : of(other, second.endsWith("="), one, first.endsWith("="));
    }

    private static Optional<Interval> between(String text) {
        String plain =
                text.replaceFirst(",? (?:\\(inclusive\\)?|inclusive(?:ly)?)$", "(inclusive)");
        Matcher match = BETWEEN.matcher(plain);
        if (!match.matches()) {
            return Optional.empty();
        }
        boolean inclusive = match.group(3) != null;
        return of(match.group(1), inclusive, match.group(2), inclusive);
    }

    private static Optional<Interval> of(
            String low, boolean withLow, String high, boolean withHigh) {
        return end(low, "-")
                .flatMap(from ->
                        end(high, "+")
                                .map(to ->
                                        new Interval(
                                                from,
                                                withLow && !from.isEmpty(),
                                                to,
                                                withHigh && !to.isEmpty())));
    }

    /// Reads an end: a number, a multiple of pi, or infinity on its side, which is written as none.
    private static Optional<String> end(String text, String infiniteSign) {
        String plain = text.replace(" ", "");
        Matcher infinite = INFINITE.matcher(plain);
        if (infinite.matches()) {
            boolean negative = "-".equals(infinite.group(1));
            return negative == infiniteSign.equals("-") ? Optional.of("") : Optional.empty();
        }
        if (MULTIPLE_OF_PI.matcher(plain).matches()) {
            return Optional.of(plain);
        }
        return Quantity.parse(text.strip())
                .filter(quantity -> quantity.measure().equals(Measure.NONE))
                .map(quantity -> quantity.number().toString());
    }

    @Override
    public String toString() {
        String above = withLow ? "=" : "";
        String below = withHigh ? "=" : "";
        if (low.isEmpty()) {
            return high.isEmpty() ? EVERYTHING : "x<" + below + high;
        }
        return high.isEmpty() ? "x>" + above + low : low + "<" + above + "x<" + below + high;
    }
}
