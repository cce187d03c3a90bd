package dev.polymnia.core.model;

/// Decides after each token whether a branch stops there, with [StopReason#STOP_HOOK]. Called on
/// the thread that steps all branches, after the token has been told; so it returns at once. One
/// that throws ends its branch with a failure.
///
/// A remote model calls it for what the endpoint tells, which may be several tokens at once, and
/// stops reading there. If the endpoint describes no tokens, or was not asked to, it is called once
/// for each piece of the answer, with a token of which nothing is known.
@FunctionalInterface
public interface StopHook {
    /// Never stops.
    StopHook NEVER = token -> false;

    /// Returns whether the branch stops after a token.
    ///
    /// @param token with the details that the request asked for
    boolean stopsAfter(TokenDetail token);
}
