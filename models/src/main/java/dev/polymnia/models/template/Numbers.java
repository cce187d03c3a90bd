package dev.polymnia.models.template;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Python's numbers. Integers have 64 bits here; what would need more is an error.
final class Numbers {
    private static final int LONGEST = 400;

    private Numbers() {}

    /// Says whether a value takes part in arithmetic; Python counts booleans in.
    static boolean isNumber(Value value) {
        return value instanceof Value.Int
                || value instanceof Value.Real
                || value instanceof Value.Bool;
    }

    static boolean isInteger(Value value) {
        return value instanceof Value.Int || value instanceof Value.Bool;
    }

    static boolean isNan(Value value) {
        return value instanceof Value.Real real && Double.isNaN(real.value());
    }

    static long integer(Value value) {
        return switch (value) {
            case Value.Int number -> number.value();
            case Value.Bool bool -> bool.value() ? 1 : 0;
            case Value.Undefined undefined -> throw undefined.problem();
            default ->
                    throw Problem.failed(
                            "'" + value.type() + "' object cannot be interpreted as an integer");
        };
    }

    static double real(Value value) {
        return value instanceof Value.Real real ? real.value() : (double) integer(value);
    }

    static int compare(Value left, Value right) {
        if (isInteger(left) && isInteger(right)) {
            return Long.compare(integer(left), integer(right));
        }
        double first = real(left);
        double second = real(right);
        // Unlike Double.compare, zero equals minus zero.
        return first == second ? 0 : Double.compare(first, second);
    }

    /// Writes a number as Python's `repr` does: the shortest digits, an exponent only if it is
    /// below -4 or above 15.
    static String text(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number > 0 ? "0.0" : "-0.0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            return decimal.scale() <= 0 ? decimal.toBigInteger() + ".0" : decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + "e"
                + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /// Reads an integer as Python's `int(text, base)` does.
    ///
    /// @throws NumberFormatException if it is none
    static long parse(String text, int base) {
        String number = Text.strip(text, "", true, true).replace("_", "");
        int prefixed = number.length() > 2 ? prefixed(number.substring(0, 2)) : 0;
        boolean prefix = prefixed > 0 && (base == 0 || base == prefixed);
        String digits = prefix ? number.substring(2) : number;
        int radix = prefix ? prefixed : base == 0 ? 10 : base;
        if (digits.length() > LONGEST || radix < 2 || radix > 36) {
            throw new NumberFormatException();
        }
        return exact(new BigInteger(digits, radix));
    }

    private static int prefixed(String prefix) {
        return switch (prefix) {
            case "0x", "0X" -> 16;
            case "0o", "0O" -> 8;
            case "0b", "0B" -> 2;
            default -> 0;
        };
    }

    /// Reads a number as Python's `float(text)` does.
    ///
    /// @throws NumberFormatException if it is none
    static double parseReal(String text) {
        String number = Case.lower(Text.strip(text, "", true, true)).replace("_", "");
        return switch (number) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan", "+nan", "-nan" -> Double.NaN;
            default -> {
                // Java also reads suffixes and hexadecimal digits.
                if (number.length() > LONGEST || !number.matches("[-+0-9.e]+")) {
                    throw new NumberFormatException();
                }
                yield Double.parseDouble(number);
            }
        };
    }

    static long exact(BigInteger number) {
        if (number.bitLength() > 63) {
            throw tooLarge();
        }
        return number.longValue();
    }

    static long truncate(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new NumberFormatException();
        }
        return exact(new BigDecimal(number).toBigInteger());
    }

    static Problem tooLarge() {
        return Problem.limit("an integer needs more than 64 bits");
    }
}
