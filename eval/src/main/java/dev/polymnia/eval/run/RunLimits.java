package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.run.Budget;

/// What a run may cost in this sitting, and how many samples it works on at once. A sample is begun
/// only if what it may need at the most is left, so a limit never cuts an answer short.
///
/// @param concurrency samples at once, 1 to 256
/// @param budget of the sitting: the most tokens that are generated; the time after which no sample
///   is begun; what answers may cost, in millionths, before no further sample is begun. How many
///   agents a sample has is the plan's, not this budget's
public record RunLimits(int concurrency, Budget budget) {
    private static final int MOST_AT_ONCE = 256;

    /// One sample at a time, as many as there are.
    public static final RunLimits NONE = new RunLimits(1, Budget.UNLIMITED);

    /// Checks the limits.
    ///
    /// @throws Fault `INVALID` for a number of samples that is not possible
    public RunLimits {
        requireNonNull(budget, "budget is null");
        requireConcurrency(concurrency);
    }

    /// Checks how many samples are worked on at once.
    ///
    /// @throws Fault `INVALID` if that is not possible
    public static void requireConcurrency(int concurrency) {
        if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
            throw new Fault(
                    Fault.Code.INVALID,
                    concurrency + " samples at once; choose 1 to " + MOST_AT_ONCE + ".");
        }
    }

    /// Returns these limits with another number of samples at once.
    public RunLimits withConcurrency(int value) {
        return new RunLimits(value, budget);
    }

    /// Returns these limits with another budget.
    public RunLimits withBudget(Budget value) {
        return new RunLimits(concurrency, value);
    }
}
