package dev.polymnia.core.model;

/// Why a branch stopped.
public enum StopReason {
    /// The model ended its turn.
    END,
    /// A stop string of the request came.
    STOP_STRING,
    /// The model called one or more tools and waits for their results.
    TOOL_CALL,
    /// The request's [stop hook][StopHook] wanted no more.
    STOP_HOOK,
    /// The request's own limit of tokens is reached: the words are cut off.
    LENGTH,
    /// The meter granted no more tokens, as the budget's tokens or its money are spent: the words
    /// are cut off.
    BUDGET_TOKENS,
    /// The meter granted no more time: the words are cut off.
    BUDGET_TIME,
    /// Somebody asked to stop: the words are cut off.
    CANCELLED,
    /// The model failed under the branch: the words are cut off. No [BranchResult] has it; it is
    /// how a [BranchEvent.Failed] is summed up.
    FAILED;

    /// Returns whether the words end where something other than the model ended them.
    public boolean isCutOff() {
        return switch (this) {
            case END, STOP_STRING, TOOL_CALL -> false;
            case STOP_HOOK, LENGTH, BUDGET_TOKENS, BUDGET_TIME, CANCELLED, FAILED -> true;
        };
    }
}
