package dev.polymnia.core.model;

import java.math.BigDecimal;

/// What the tokens of a model cost, in trillionths of the operator's currency a token: whole
/// numbers, so that sums are exact. People write the currency per million tokens: 0.15 there is
/// 150,000 here. Costs that are more than a `long` can hold are as much as it can.
///
/// @param prompt of a prompt token that is read, 0 to [#MOST]
/// @param cached of a prompt token that the model held already, 0 to [#MOST]
/// @param generated of a generated token, 0 to [#MOST]
public record Prices(long prompt, long cached, long generated) {
    /// The most a token may cost: one of the currency.
    public static final long MOST = 1_000_000_000_000L;

    /// Nothing costs anything.
    public static final Prices FREE = new Prices(0, 0, 0);

    /// Between what people write and trillionths a token there are six decimals.
    private static final int DECIMALS = 6;

    /// Checks the prices.
    public Prices {
        requirePrice(prompt);
        requirePrice(cached);
        requirePrice(generated);
    }

    /// Returns the price of a token for a price as people write it.
    ///
    /// @param price of a million tokens, in the currency
    /// @throws IllegalArgumentException if it is negative, more than a million, or has more than
    ///   six decimals
    public static long ofMillion(BigDecimal price) {
        try {
            long exact = price.movePointRight(DECIMALS).longValueExact();
            requirePrice(exact);
            return exact;
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    price
                            + " is no price of a million tokens; choose 0 to 1000000, with at most"
                            + " six decimals",
                    e);
        }
    }

    /// Returns whether nothing costs anything.
    public boolean isFree() {
        return equals(FREE);
    }

    /// Returns what tokens have cost, in trillionths.
    public long cost(Usage usage) {
        return sum(
                sum(product(usage.cached(), cached), product(usage.computed(), prompt)),
                product(usage.generated(), generated));
    }

    /// Returns the most that tokens can cost, whichever of the prompt the model holds already; in
    /// trillionths.
    ///
    /// @param read how many the prompt has
    /// @param written how many are generated
    public long most(long read, long written) {
        return sum(product(read, Math.max(prompt, cached)), product(written, generated));
    }

    private static long product(long tokens, long price) {
        return price > 0 && tokens > Long.MAX_VALUE / price ? Long.MAX_VALUE : tokens * price;
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static void requirePrice(long price) {
        if (price < 0 || price > MOST) {
            throw new IllegalArgumentException(price + " trillionths a token; choose 0 to " + MOST);
        }
    }
}
