package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.List;

/// The shared beginning of several branches, held by a model. Thread-safe.
public interface Trunk extends AutoCloseable {
    /// Returns the number of tokens of the trunk's own prompt; 0 as long as nobody has told, which
    /// is what a remote model's trunk says until the endpoint has reported an equal prompt.
    int tokens();

    /// Returns what reading the trunk has cost by itself, as far as it is known; what its branches
    /// read is in their own usage. A model without [Capability#FORKS] reads nothing for a trunk.
    default Usage usage() {
        return Usage.NONE;
    }

    /// Asks the model to keep the trunk in memory until it is closed, ahead of all that is not
    /// pinned: a system prompt, say, or the exemplars of a benchmark. A wish: what does not fit
    /// beside a branch that runs leaves all the same and is read again, and a model may keep only
    /// so many. Does nothing for a model without [Capability#FORKS].
    default void pin() {}

    /// Starts a branch and returns at once; the branch runs until it stops.
    ///
    /// @param request the whole prompt of the branch, and how to continue it; the part that equals
    ///   this trunk token by token is not read again by models that can fork
    /// @param listener is told what happens; see there for the rules
    /// @return the running branch; the caller closes it
    /// @throws dev.polymnia.core.Fault as [ChatModel#generate]
    Branch fork(BranchRequest request, BranchListener listener);

    /// Starts several branches and returns at once. A model that [shares
    /// prefixes][Capability#SHARED_PREFIXES] may ask for those whose requests differ by their seeds
    /// only with one call; then the first one's seed stands for them all, and what the call has
    /// cost is split over them as the model says. By default each is [forked][#fork] by itself.
    ///
    /// @param forks what is to be started, at least one
    /// @return the running branches, in the same order; the caller closes them
    /// @throws Fault as [ChatModel#generate]; `INVALID` if there is nothing to start; none of them
    ///   runs then
    default List<Branch> forkAll(List<Fork> forks) {
        Fork.checkAny(forks);
        List<Branch> branches = new ArrayList<>();
        try {
            for (Fork each : forks) {
                branches.add(fork(each.request(), each.listener()));
            }
        } catch (RuntimeException e) {
            branches.forEach(Branch::close);
            throw e;
        }
        return branches;
    }

    /// Closes the trunk and all its branches, ending those that run. Closing again does nothing.
    @Override
    void close();

    /// A branch that is to be started.
    ///
    /// @param request as for [#fork]
    /// @param listener as for [#fork]
    record Fork(BranchRequest request, BranchListener listener) {
        /// Checks the parts.
        public Fork {
            requireNonNull(request, "request is null");
            requireNonNull(listener, "listener is null");
        }

        /// Checks that there is something to start; for those who implement [Trunk#forkAll].
        ///
        /// @throws Fault `INVALID` if there is not
        public static void checkAny(List<Fork> forks) {
            if (forks.isEmpty()) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "No branches were asked for, so none can be started; ask for at least"
                                + " one.");
            }
        }
    }
}
