package dev.polymnia.core.run;

import java.math.BigDecimal;

/// Amounts of money in millionths of the currency in which the operator keeps prices, and how
/// people write them.
public final class Money {
    private static final int DECIMALS = 6;

    private Money() {}

    /// Returns an amount as people write it, such as `0.05`.
    ///
    /// @param millionths the amount
    public static String words(long millionths) {
        return BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros().toPlainString();
    }

    /// Returns an amount that somebody wrote, in millionths.
    ///
    /// @throws NumberFormatException if it is no number
    /// @throws ArithmeticException if it has more than six decimals or is too large
    public static long millionths(String words) {
        return new BigDecimal(words).movePointRight(DECIMALS).longValueExact();
    }
}
