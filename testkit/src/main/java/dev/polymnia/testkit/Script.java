package dev.polymnia.testkit;

import dev.polymnia.core.model.BranchRequest;
import java.util.List;

/// Says what each branch says. Is called on the thread that forks.
@FunctionalInterface
public interface Script {
    /// Returns the words of a branch.
    ///
    /// @param request what the branch was asked
    /// @param index how many branches were started before it, continuations included
    Reply reply(BranchRequest request, int index);

    /// Returns a script whose n-th branch says the n-th text, beginning again after the last.
    static Script inOrder(List<String> texts) {
        List<String> copy = List.copyOf(texts);
        return (request, index) -> Reply.of(copy.get(index % copy.size()));
    }
}
