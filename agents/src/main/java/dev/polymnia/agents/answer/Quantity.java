package dev.polymnia.agents.answer;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number with what it counts or measures.
///
/// @param number exact
/// @param measure its unit; empty for a bare number and for things that are only counted
record Quantity(Rational number, Measure measure) {
    private static final String PLAIN =
            "\\d{1,3}(?:\\.\\d{3})+,\\d{1,2}(?!\\d)" // 1.234,50
                    + "|\\d{1,3}(?:\\.\\d{3}){2,}(?![\\d.])" // 1.234.567
                    + "|\\d{1,3}(?:,\\d{2,3})*,\\d{3}(?!\\d)(?:\\.\\d+)?" // 1,234.50, 1,00,000
                    + "|\\d{1,3}(?:[ '_]\\d{3})+(?!\\d)(?:\\.\\d+)?" // 1 234
                    + "|\\d+(?:\\.\\d+)?|\\.\\d+";
    private static final String MIXED =
            "(?<whole>\\d{1,18})(?: | and |-)(?<top>\\d{1,18}) ?/"
                    + " ?(?<bottom>\\d{1,18})(?![\\d.,/])";
    private static final String POWER_OF_TEN = "10 ?\\^ ?[({]?(?<ten>[-+]?\\d{1,3})[)}]?";
    private static final String SIMPLE =
            "(?<one>"
                    + PLAIN
                    + ")"
                    + "(?: ?/ ?(?<two>"
                    + PLAIN
                    + ")(?![\\d/])"
                    + "|e(?<e>[-+]?\\d{1,3})(?!\\w)"
                    + "| ?[x*] ?10 ?\\^ ?[({]?(?<power>[-+]?\\d{1,3})[)}]?)?";
    private static final Pattern NUMBER =
            Pattern.compile(
                    "([-+])? ?([$€£¥₹]|us\\$|usd|eur|gbp)? ?([-+])?"
                            + "(?:"
                            + MIXED
                            + "|"
                            + POWER_OF_TEN
                            + "|"
                            + SIMPLE
                            + ")"
                            + "(?:st|nd|rd|th)?(?!\\d)");
    private static final Pattern HALF = Pattern.compile("^([-+$€£]?\\d+) and (?:a|one) half\\b");

    /// Reads a text that is a number, with an optional currency before it and an optional unit or
    /// counted things behind it.
    ///
    /// @param text in small letters, one line, without markup
    /// @return the quantity, or empty if the text is anything else
    static Optional<Quantity> parse(String text) {
        String plain = HALF.matcher(text).replaceFirst("$1 1/2");
        Matcher match = NUMBER.matcher(plain);
        if (!match.lookingAt()) {
            return Optional.empty();
        }
        Optional<Measure> measure =
                Measure.parse(plain.substring(match.end()), currency(match.group(2)));
        return measure.flatMap(value ->
                number(match)
                        .map(number -> value.factor() == 1 ? number : number.times(factor(value)))
                        .map(number -> new Quantity(number, value.withoutFactor())));
    }

    /// Returns this quantity without a unit.
    Quantity withMeasure(Measure value) {
        return new Quantity(number, value);
    }

    /// Returns the canonical form; reading it gives this quantity again.
    @Override
    public String toString() {
        String digits = number.isNegative() ? number.negated().toString() : number.toString();
        return (number.isNegative() ? "-" : "") + measure.around(digits);
    }

    private static Rational factor(Measure measure) {
        return Rational.of(Long.toString(measure.factor()), 0).orElseThrow();
    }

    private static Optional<Unit> currency(String symbol) {
        return Optional.ofNullable(symbol).flatMap(Unit::named);
    }

    private static Optional<Rational> number(Matcher match) {
        boolean negative = "-".equals(match.group(1)) != "-".equals(match.group(3));
        return magnitude(match).map(value -> negative ? value.negated() : value);
    }

    private static Optional<Rational> magnitude(Matcher match) {
        if (match.group("whole") != null) {
            return digits(match.group("top"))
                    .flatMap(top -> digits(match.group("bottom")).flatMap(top::dividedBy))
                    .flatMap(part -> digits(match.group("whole")).map(part::plus));
        }
        if (match.group("ten") != null) {
            return Rational.of("1", exponent(match.group("ten")));
        }
        String one = separated(match.group("one"));
        if (match.group("two") != null) {
            return digits(one)
                    .flatMap(top -> digits(separated(match.group("two"))).flatMap(top::dividedBy));
        }
        return Rational.of(
                one,
                exponent(
                        requireNonNullElse(
                                match.group("e"), requireNonNullElse(match.group("power"), "0"))));
    }

    private static Optional<Rational> digits(String text) {
        return Rational.of(text, 0);
    }

    private static int exponent(String text) {
        return Integer.parseInt(text);
    }

    /// Removes what separates thousands and makes the decimal mark a point.
    private static String separated(String text) {
        int comma = text.lastIndexOf(',');
        int point = text.lastIndexOf('.');
        boolean decimalComma = point >= 0 && comma > point;
        boolean pointsGroup = text.indexOf('.') != point;
        String plain = text.replace(" ", "").replace("'", "").replace("_", "");
        if (decimalComma) {
            return plain.replace(".", "").replace(',', '.');
        }
        plain = plain.replace(",", "");
        return pointsGroup ? plain.replace(".", "") : plain;
    }
}
