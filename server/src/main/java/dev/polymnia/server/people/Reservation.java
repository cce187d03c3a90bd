package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;

/// What a run may still spend, which is nobody else's while it is at work.
///
/// @param run names it
/// @param model that answers
/// @param tokens the most that it generates, at least 1
/// @param money the most that it costs, in millionths of the operator's currency; 0 for what is
///   free
public record Reservation(
        String run, Spender spender, String model, Mode mode, long tokens, long money) {
    /// Checks the parts.
    public Reservation {
        requireNonNull(run, "run is null");
        requireNonNull(spender, "spender is null");
        requireNonNull(model, "model is null");
        requireNonNull(mode, "mode is null");
        if (tokens < 1 || money < 0) {
            throw new IllegalArgumentException("reserves " + tokens + " tokens, " + money);
        }
    }

    /// Returns this with other amounts.
    public Reservation withAmounts(long ofTokens, long ofMoney) {
        return new Reservation(run, spender, model, mode, ofTokens, ofMoney);
    }
}
