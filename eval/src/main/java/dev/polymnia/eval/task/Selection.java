package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.util.List;

/// Which of a task's samples are asked.
///
/// @param offset how many are left out at the beginning; at least 0
/// @param limit the most that follow; 0 for all
public record Selection(int offset, int limit) {
    /// All of them.
    public static final Selection ALL = new Selection(0, 0);

    /// Checks the parts.
    ///
    /// @throws Fault with `INVALID` if one is negative
    public Selection {
        if (offset < 0 || limit < 0) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "An offset of %d and a limit of %d; neither can be negative."
                            .formatted(offset, limit));
        }
    }

    /// Returns the selected elements.
    ///
    /// @param all of a task
    /// @param task its name
    /// @throws Fault with `INVALID` if there are not so many
    <T> List<T> of(List<T> all, String task) {
        if (offset >= all.size() || limit > all.size() - offset) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The task %s has %d samples; an offset of %d and a limit of %d go beyond that."
                            .formatted(task, all.size(), offset, limit));
        }
        return all.subList(offset, limit == 0 ? all.size() : offset + limit);
    }
}
