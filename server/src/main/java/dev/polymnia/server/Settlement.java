package dev.polymnia.server;

/// The one step that every run passes when it is over: metrics follow from it, and what may still
/// be spent.
@FunctionalInterface
interface Settlement {
    /// Takes what a run came to; once for each run that was let in, before its client is told of
    /// the end, except where nothing told of the end. Where a quota holds it blocks until that is
    /// written.
    void settle(Settled run);
}
