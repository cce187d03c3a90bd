package dev.polymnia.agents.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/// An exact number: a fraction in lowest terms.
///
/// @param numerator carries the sign
/// @param denominator above 0, without a common factor with the numerator
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    /// More digits than any answer has; it bounds what exponents and fractions can blow up to.
    private static final int MOST_DIGITS = 60;

    Rational {
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("denominator " + denominator);
        }
        BigInteger factor = numerator.gcd(denominator);
        numerator = numerator.divide(factor);
        denominator = denominator.divide(factor);
    }

    /// Reads a plain decimal with an optional exponent.
    ///
    /// @param digits ASCII digits, at most one point, an optional sign
    /// @param exponent a power of ten
    /// @return the number, or empty if it is too long to be somebody's answer
    static Optional<Rational> of(String digits, int exponent) {
        if (digits.length() > MOST_DIGITS || Math.abs(exponent) > MOST_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(of(new BigDecimal(digits).scaleByPowerOfTen(exponent)));
    }

    /// Returns an integer.
    static Rational of(long number) {
        return new Rational(BigInteger.valueOf(number), BigInteger.ONE);
    }

    /// Returns 10 to an exponent, which may be negative.
    static Rational powerOfTen(int exponent) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
        return exponent < 0
                ? new Rational(BigInteger.ONE, power)
                : new Rational(power, BigInteger.ONE);
    }

    private static Rational of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? new Rational(decimal.toBigIntegerExact(), BigInteger.ONE)
                : new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(
                numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /// Returns the quotient, or empty if the divisor is zero.
    Optional<Rational> dividedBy(Rational divisor) {
        if (divisor.numerator.signum() == 0) {
            return Optional.empty();
        }
        BigInteger top = numerator.multiply(divisor.denominator);
        BigInteger bottom = denominator.multiply(divisor.numerator);
        return Optional.of(
                bottom.signum() < 0
                        ? new Rational(top.negate(), bottom.negate())
                        : new Rational(top, bottom));
    }

    Rational negated() {
        return new Rational(numerator.negate(), denominator);
    }

    Rational absolute() {
        return isNegative() ? negated() : this;
    }

    boolean isNegative() {
        return numerator.signum() < 0;
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    /// Returns the exponent of the largest power of ten that is not above the absolute value: 1 for
    /// 66.7, -3 for 0.0012. There is none for zero.
    int magnitude() {
        int digits = numerator.abs().toString().length() - denominator.toString().length();
        return absolute().compareTo(powerOfTen(digits)) < 0 ? digits - 1 : digits;
    }

    /// Returns the nearest multiple of a step; half-way, the one farther from zero.
    ///
    /// @param step above 0
    Rational rounded(Rational step) {
        BigInteger top = numerator.abs().multiply(step.denominator);
        BigInteger bottom = denominator.multiply(step.numerator);
        BigInteger steps = top.shiftLeft(1).add(bottom).divide(bottom.shiftLeft(1));
        Rational size = step.times(new Rational(steps, BigInteger.ONE));
        return isNegative() ? size.negated() : size;
    }

    @Override
    public int compareTo(Rational other) {
        return numerator
                .multiply(other.denominator)
                .compareTo(other.numerator.multiply(denominator));
    }

    /// Returns the decimal if it ends within 60 digits, otherwise the fraction `p/q`.
    @Override
    public String toString() {
        if (denominator.equals(BigInteger.ONE)) {
            return numerator.toString();
        }
        if (BigInteger.TEN.pow(MOST_DIGITS).mod(denominator).signum() == 0) {
            return new BigDecimal(numerator)
                    .divide(new BigDecimal(denominator))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return numerator + "/" + denominator;
    }
}
