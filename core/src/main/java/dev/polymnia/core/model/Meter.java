package dev.polymnia.core.model;

/// Says whether a branch may go on. A model reserves tokens before it spends them and gives back
/// what it did not spend, so that a limit shared by many branches holds to the token. A local model
/// reserves one token a step; a remote one reserves the most that a call can cost. Thread-safe, and
/// quick: it is asked on the thread that steps all branches.
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

    /// Returns whether the time is over; asked before each step, also while a prompt is read. Ends
    /// the branch with [StopReason#BUDGET_TIME].
    boolean isTimeUp();
}
