package dev.polymnia.core.model;

/// A model that holds a shared beginning once and continues it many times. Every strategy needs
/// this port only.
public interface BranchingModel extends ChatModel {
    /// Opens a trunk. Checks that the prompt can be rendered and fits the context, and returns; the
    /// prompt is read in the background, and branches that are forked before it has been wait for
    /// it. A remote model cannot count tokens: that a prompt does not fit is told by the branches.
    ///
    /// @param prompt what the branches have in common; a fork may part from it anywhere
    /// @return the trunk; the caller closes it
    /// @throws dev.polymnia.core.Fault as [ChatModel#generate]
    Trunk open(Prompt prompt);

    @Override
    default BranchResult generate(BranchRequest request, BranchListener listener) {
        try (Trunk trunk = open(request.prompt());
                Branch branch = trunk.fork(request, listener)) {
            return branch.await();
        }
    }
}
