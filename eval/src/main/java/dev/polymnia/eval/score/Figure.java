package dev.polymnia.eval.score;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An exact number: a fraction of two decimals. Immutable.
///
/// Records compare digits, so 12.0 and 12.00 are not equal as objects; [#isWithin] compares values.
///
/// @param numerator above the line
/// @param denominator below the line, not 0
record Figure(BigDecimal numerator, BigDecimal denominator) {
    /// More digits are not somebody's answer, and arithmetic with them is slow.
    static final int MOST_DIGITS = 200;

    private static final Pattern FORM =
            Pattern.compile(
                    "(-?)([0-9]*+(?:\\.[0-9]++)?+)(?:[eE]([-+]?[0-9]{1,3}+))?+(?:/([0-9]++(?:\\.[0-9]++)?+))?+");

    Figure {
        if (denominator.signum() == 0) {
            throw new IllegalArgumentException("a fraction of 0");
        }
    }

    /// Reads a number in plain form: `-12.50`, `.5`, `1e3`, `1/2`; with commas anywhere.
    ///
    /// @return the number; empty if the text is something else, a fraction of 0 or too long
    static Optional<Figure> parse(String text) {
        Matcher match = FORM.matcher(text.replace(",", ""));
        if (!match.matches() || match.end() > MOST_DIGITS || match.end(2) == match.start(2)) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(match.group(1) + match.group(2));
        if (match.group(3) != null) {
            value = value.scaleByPowerOfTen(Integer.parseInt(match.group(3)));
        }
        BigDecimal below = match.group(4) == null ? BigDecimal.ONE : new BigDecimal(match.group(4));
        return below.signum() == 0 ? Optional.empty() : Optional.of(new Figure(value, below));
    }

    /// Returns whether two numbers differ by at most so much. Exact: fractions are compared by
    /// cross multiplication.
    ///
    /// @param tolerance at least 0
    boolean isWithin(BigDecimal tolerance, Figure other) {
        BigDecimal apart =
                numerator
                        .multiply(other.denominator)
                        .subtract(other.numerator.multiply(denominator))
                        .abs();
        BigDecimal scale = denominator.multiply(other.denominator).abs();
        return apart.compareTo(tolerance.multiply(scale)) <= 0;
    }

    /// Returns this plus a fraction of whole numbers, with its sign.
    Figure plus(Figure fraction) {
        BigDecimal whole = numerator.multiply(fraction.denominator);
        BigDecimal part = fraction.numerator.multiply(denominator);
        return new Figure(whole.add(part), denominator.multiply(fraction.denominator));
    }

    /// Returns the number as a decimal, or empty if it is a fraction.
    Optional<BigDecimal> decimal() {
        return denominator.compareTo(BigDecimal.ONE) == 0
                ? Optional.of(numerator)
                : Optional.empty();
    }

    /// Returns its shortest form, for people: `12.5`, `1/3`, `1.5E+300`.
    @Override
    public String toString() {
        return decimal()
                .map(Figure::shortest)
                .orElseGet(() -> shortest(numerator) + "/" + shortest(denominator));
    }

    private static String shortest(BigDecimal value) {
        BigDecimal bare = value.stripTrailingZeros();
        boolean isLong = bare.precision() - bare.scale() > 40 || bare.scale() > 40;
        return isLong ? bare.round(MathContext.DECIMAL128).toString() : bare.toPlainString();
    }
}
