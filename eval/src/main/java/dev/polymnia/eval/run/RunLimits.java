package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.time.Duration;

/// What a run may cost in this sitting, and how many samples it works on at once. A sample is begun
/// only if what it may need at the most is left, so a limit never cuts an answer short.
///
/// @param concurrency samples at once, 1 to 256
/// @param tokens the most tokens that are generated
/// @param time no sample is begun after it
/// @param money no sample is begun once remote calls have cost so much, in millionths
public record RunLimits(int concurrency, long tokens, Duration time, long money) {
    private static final int MOST_AT_ONCE = 256;

    /// One sample at a time, as many as there are.
    public static final RunLimits NONE =
            new RunLimits(1, Long.MAX_VALUE, Duration.ofDays(365), Long.MAX_VALUE);

    /// Checks the limits.
    ///
    /// @throws Fault `INVALID` if one of them allows nothing
    public RunLimits {
        requireNonNull(time, "time is null");
        if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
            throw new Fault(
                    Fault.Code.INVALID,
                    concurrency + " samples at once; choose 1 to " + MOST_AT_ONCE + ".");
        }
        if (tokens < 1 || money < 0 || time.isNegative() || time.isZero()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "A run of %d tokens, %s and %d of money does nothing; raise the limit or leave it out."
                            .formatted(tokens, time, money));
        }
    }

    /// Returns these limits with another number of samples at once.
    public RunLimits withConcurrency(int value) {
        return new RunLimits(value, tokens, time, money);
    }

    /// Returns these limits with another one on generated tokens.
    public RunLimits withTokens(long value) {
        return new RunLimits(concurrency, value, time, money);
    }

    /// Returns these limits with another one on time.
    public RunLimits withTime(Duration value) {
        return new RunLimits(concurrency, tokens, value, money);
    }

    /// Returns these limits with another one on money.
    public RunLimits withMoney(long value) {
        return new RunLimits(concurrency, tokens, time, value);
    }
}
