package dev.polymnia.server;

/// The one step that every run passes when it is over: metrics follow from it, and later what a
/// client may still spend.
@FunctionalInterface
interface Settlement {
    /// Takes what a run came to; once for each run that was let in, before its client is told of
    /// the end, except where nothing told of the end. Returns at once.
    void settle(Settled run);
}
