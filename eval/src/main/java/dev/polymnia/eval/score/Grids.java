package dev.polymnia.eval.score;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads grids in the words of a model.
///
/// A grid is an array of arrays (`[[0, 7], [7, 7]]`), or lines of numbers with spaces or commas
/// between them that stand together, in code fences or without. The last that begins in the answer
/// is the one, also if it turns out not to be a grid: an answer that breaks off is not the grid
/// before it. A number on a line of its own is a grid of one cell only if there is no other.
final class Grids {
    private Grids() {}

    /// Returns the last place where a grid begins; empty if there is none.
    ///
    /// @param text an answer without reasoning
    static Optional<GridReading> last(String text) {
        List<GridReading> arrays = GridArrays.in(text);
        List<GridReading> lines = GridLines.in(without(text, arrays));
        List<GridReading> all = new ArrayList<>(arrays);
        lines.stream().filter(reading -> !reading.isLone()).forEach(all::add);
        return (all.isEmpty() ? lines : all).stream().max(comparingInt(GridReading::at));
    }

    /// Returns the grid of a text that holds one.
    static Optional<Grid> read(String text) {
        return last(text)
                .filter(reading -> reading.trouble().isEmpty())
                .map(reading -> new Grid(reading.rows()));
    }

    /// Covers arrays with a letter, so that what they are made of is no line of numbers.
    private static String without(String text, List<GridReading> arrays) {
        StringBuilder rest = new StringBuilder(text.length());
        int at = 0;
        for (GridReading each : arrays) {
            rest.append(text, at, each.at()).repeat('x', each.end() - each.at());
            at = each.end();
        }
        return rest.append(text, at, text.length()).toString();
    }
}
