package dev.polymnia.core.model;

/// Says whether a branch may go on. A model reserves tokens before it spends them and gives back
/// what it did not spend, so that a limit shared by many branches holds to the token. A local model
/// reserves one token a step; a remote one reserves the most that a call can cost, the prompt
/// included. Thread-safe, and quick: it is asked on the thread that steps all branches. Branches
/// that spend from one purse have the same meter.
public interface Meter {
    /// Grants whatever is asked for.
    Meter UNLIMITED =
            new Meter() {
                @Override
                public int reserve(int tokens) {
                    return tokens;
                }

                @Override
                public void release(int tokens) {}

                @Override
                public boolean isTimeUp() {
                    return false;
                }
            };

    /// Reserves generated tokens.
    ///
    /// @param tokens how many are wanted, at least 1
    /// @return how many were granted, 0 to `tokens`; 0 ends the branch with
    ///   [StopReason#BUDGET_TOKENS]
    int reserve(int tokens);

    /// Gives back reserved tokens that were not generated.
    ///
    /// @param tokens how many, at most what was granted and not given back
    void release(int tokens);

    /// Reserves the prompt of a remote call; asked before the call is made. What is granted is
    /// given back by [#settleCall]. By default a prompt is granted, whatever its length.
    ///
    /// @param tokens the most it can have
    /// @return whether it may be read; if not, the call is not made and its branches end with
    ///   [StopReason#BUDGET_TOKENS]
    default boolean reservePrompt(long tokens) {
        return true;
    }

    /// Settles a remote call: gives back what it did not spend. By default these are the generated
    /// tokens.
    ///
    /// @param prompt the tokens of its prompt that were reserved, or 0
    /// @param granted the generated tokens that were granted and not given back
    /// @param usage what all its answers together have spent; more than was reserved if the
    ///   endpoint did not keep to it
    default void settleCall(long prompt, long granted, Usage usage) {
        long rest = granted - usage.generated();
        if (rest > 0) {
            release((int) Math.min(rest, Integer.MAX_VALUE));
        }
    }

    /// Returns whether the time is over; asked before each step, also while a prompt is read. Ends
    /// the branch with [StopReason#BUDGET_TIME].
    boolean isTimeUp();
}
