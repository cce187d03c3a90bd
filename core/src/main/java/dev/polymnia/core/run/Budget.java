package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.time.Duration;

/// The limits of one run. A value only; [Account] holds what is left of it.
///
/// @param tokens the most tokens that all agents together may generate, at least 1
/// @param time the longest the run may last, more than zero
/// @param agents the most agents that may be started, at least 1
/// @param money the most that remote calls may cost, in millionths of the currency in which the
///   operator keeps prices; 0 allows only what is free
public record Budget(long tokens, Duration time, int agents, long money) {
    private static final Duration LONGEST = Duration.ofDays(365);

    /// No limits at all.
    public static final Budget UNLIMITED =
            new Budget(Long.MAX_VALUE, LONGEST, Integer.MAX_VALUE, Long.MAX_VALUE);

    /// Checks the limits.
    ///
    /// @throws Fault with `INVALID` if a limit allows nothing
    public Budget {
        requireNonNull(time, "time is null");
        require(tokens >= 1, "tokens", tokens, "at least 1");
        require(!time.isNegative() && !time.isZero(), "time", time, "more than zero");
        require(agents >= 1, "agents", agents, "at least 1");
        require(money >= 0, "money", money, "0 or more");
        if (time.compareTo(LONGEST) > 0) {
            time = LONGEST;
        }
    }

    /// Returns these limits with another one on generated tokens.
    public Budget withTokens(long value) {
        return new Budget(value, time, agents, money);
    }

    /// Returns these limits with another one on time.
    public Budget withTime(Duration value) {
        return new Budget(tokens, value, agents, money);
    }

    /// Returns these limits with another one on agents.
    public Budget withAgents(int value) {
        return new Budget(tokens, time, value, money);
    }

    /// Returns these limits with another one on money.
    public Budget withMoney(long value) {
        return new Budget(tokens, time, agents, value);
    }

    /// Returns these limits, each raised to that of others where theirs is higher. How many agents
    /// there are is settled when a run begins, so that stays.
    public Budget raisedTo(Budget others) {
        return new Budget(
                Math.max(tokens, others.tokens),
                time.compareTo(others.time) < 0 ? others.time : time,
                agents,
                Math.max(money, others.money));
    }

    /// Returns whether there is a limit on money.
    public boolean limitsMoney() {
        return money != UNLIMITED.money();
    }

    private static void require(boolean holds, String what, Object value, String range) {
        if (!holds) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The budget allows " + what + " = " + value + "; choose " + range + ".");
        }
    }
}
