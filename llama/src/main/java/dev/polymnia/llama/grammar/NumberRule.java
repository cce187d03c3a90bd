package dev.polymnia.llama.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What a schema says of numbers.
///
/// @param least the lower bound; null for none
/// @param aboveLeast whether the lower bound itself is excluded
/// @param most the upper bound; null for none
/// @param belowMost whether the upper bound itself is excluded
/// @param multiple what the number is a multiple of, above 0; null for anything
record NumberRule(
        @Nullable BigDecimal least,
        boolean aboveLeast,
        @Nullable BigDecimal most,
        boolean belowMost,
        @Nullable BigDecimal multiple) {
    /// Any number.
    static final NumberRule ANY = new NumberRule(null, false, null, false, null);

    /// Returns what meets this rule and another one.
    NumberRule and(NumberRule other) {
        NumberRule lower = isLowerBoundOf(other) ? this : other;
        NumberRule upper = isUpperBoundOf(other) ? this : other;
        return new NumberRule(
                lower.least,
                lower.aboveLeast,
                upper.most,
                upper.belowMost,
                commonMultiple(multiple, other.multiple));
    }

    private boolean isLowerBoundOf(NumberRule other) {
        if (least == null || other.least == null) {
            return other.least == null;
        }
        int order = least.compareTo(other.least);
        return order > 0 || (order == 0 && aboveLeast);
    }

    private boolean isUpperBoundOf(NumberRule other) {
        if (most == null || other.most == null) {
            return other.most == null;
        }
        int order = most.compareTo(other.most);
        return order < 0 || (order == 0 && belowMost);
    }

    private static @Nullable BigDecimal commonMultiple(
            @Nullable BigDecimal first, @Nullable BigDecimal second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        int scale = Math.max(0, Math.max(first.scale(), second.scale()));
        BigInteger one = first.setScale(scale).unscaledValue();
        BigInteger two = second.setScale(scale).unscaledValue();
        return new BigDecimal(one.divide(one.gcd(two)).multiply(two), scale);
    }
}
