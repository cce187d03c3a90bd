package dev.polymnia.eval.score;

import java.util.List;

/// What stands at a place of an answer where a grid begins.
///
/// @param at the place
/// @param end the place behind it
/// @param rows its cells, as far as they can be read
/// @param whole whether it can be read to its end
record GridReading(int at, int end, List<List<Integer>> rows, boolean whole) {
    GridReading {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// Returns whether it has any cell.
    boolean hasCells() {
        return rows.stream().anyMatch(row -> !row.isEmpty());
    }

    /// Returns whether it is a single number, which may be anything.
    boolean isLone() {
        return rows.size() == 1 && rows.getFirst().size() == 1;
    }

    /// Returns what keeps it from being a grid, for a person; empty if nothing does.
    String trouble() {
        if (!whole) {
            return "the last grid is cut short or holds more than whole numbers";
        }
        return Grid.isRectangle(rows) ? "" : "the rows of the last grid differ in length";
    }
}
