package dev.polymnia.agents.answer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Ratios: `6 : 8`, which is `3:4` in lowest terms.
///
/// Whether `3 to 4`, `3/4` and `12:16` are ratios only the question can tell; the last is a time of
/// day as well. Nor can anybody reduce `4:2` who does not know that it is no score.
final class Ratio {
    private static final String TERM = "\\d{1,12}(?:\\.\\d{1,6})?";
    private static final Pattern COLONS = Pattern.compile(TERM + "(?: ?: ?" + TERM + "){1,5}");
    private static final Pattern WORDS =
            Pattern.compile(TERM + "(?: (?:is )?to " + TERM + "){1,5}");
    private static final Pattern SEPARATOR = Pattern.compile(" ?: ?| (?:is )?to ");

    private Ratio() {}

    /// Returns the canonical form of a ratio with colons, or empty if the text is anything else.
    static Optional<String> canonical(String text) {
        return COLONS.matcher(text).matches()
                ? Optional.of(text.replace(" ", ""))
                : Optional.empty();
    }

    /// Returns a ratio with colons in lowest terms, or empty if the text is anything else.
    static Optional<String> reduced(String text) {
        return COLONS.matcher(text).matches() ? lowest(text) : Optional.empty();
    }

    /// Returns the ratio that an answer gives to a question that asks for one; a positive number is
    /// its ratio to 1.
    ///
    /// @param canonical an answer in canonical form
    /// @return the ratio, or empty if the answer is anything else
    static Optional<String> asked(String canonical) {
        Matcher words = WORDS.matcher(canonical);
        if (words.matches()) {
            return lowest(canonical);
        }
        return reduced(canonical)
                .or(() ->
                        Quantity.parse(canonical)
                                .filter(quantity -> quantity.measure().equals(Measure.NONE))
                                .map(Quantity::number)
                                .filter(number -> !number.isNegative() && !number.isZero())
                                .map(number -> number.numerator() + ":" + number.denominator()));
    }

    private static Optional<String> lowest(String text) {
        List<Rational> terms = new ArrayList<>();
        for (String term : SEPARATOR.split(text, -1)) {
            Rational.of(term, 0).ifPresent(terms::add);
        }
        if (terms.stream().anyMatch(Rational::isZero)) {
            return Optional.empty();
        }
        BigInteger multiple = BigInteger.ONE;
        for (Rational term : terms) {
            multiple = multiple.multiply(term.denominator());
        }
        BigInteger factor = BigInteger.ZERO;
        List<BigInteger> whole = new ArrayList<>();
        for (Rational term : terms) {
            BigInteger number = term.numerator().multiply(multiple).divide(term.denominator());
            whole.add(number);
            factor = factor.gcd(number);
        }
        BigInteger common = factor;
        return Optional.of(
                whole.stream()
                        .map(number -> number.divide(common).toString())
                        .collect(Collectors.joining(":")));
    }
}
