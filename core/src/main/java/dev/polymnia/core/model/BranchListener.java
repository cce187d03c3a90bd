package dev.polymnia.core.model;

/// Is told what a branch does. The calls for one branch come one after another, in order, and end
/// with exactly one [BranchEvent.Ended] or one [BranchEvent.Failed]; those of several branches come
/// on whatever thread the model likes, often the one that steps *all* branches. So a listener
/// returns at once (it puts the event somewhere) and does not call the branch. One that throws ends
/// its branch with a failure.
@FunctionalInterface
public interface BranchListener {
    /// A listener that is not interested.
    BranchListener NONE = event -> {};

    /// Takes the next event.
    void on(BranchEvent event);
}
