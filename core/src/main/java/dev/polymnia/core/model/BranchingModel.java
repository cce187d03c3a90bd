package dev.polymnia.core.model;

import java.util.List;

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

    /// Reads how probable words are, for many prompts at once; blocks until all are known. A probe
    /// leaves the branches whose words it repeats as they are, running or stopped.
    ///
    /// By default each prompt is answered with one token, and the words are looked for among its
    /// most probable alternatives, as many as an endpoint tells; a word that is not among them
    /// counts as 0, as does one of several tokens, and every word if the model ends its turn at
    /// once. A model with [Capability#EXACT_PROBES] reads all probabilities.
    ///
    /// @param probes what is asked
    /// @return what was found, in the same order
    /// @throws dev.polymnia.core.Fault as [ChatModel#generate]; `UNSUPPORTED` without
    ///   [Capability#ALTERNATIVES], or if no alternatives are told after all; `CANCELLED` or
    ///   `BUDGET_SPENT` if a probe's options ended it
    default List<Probe.Result> probe(List<Probe> probes) {
        return AlternativeProbes.run(this, probes);
    }

    @Override
    default BranchResult generate(BranchRequest request, BranchListener listener) {
        try (Trunk trunk = open(request.prompt());
                Branch branch = trunk.fork(request, listener)) {
            return branch.await();
        }
    }
}
