package dev.polymnia.eval.score;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// A grid of whole numbers, such as the colours of ARC. Two are equal if they have the same shape
/// and every cell is the same.
///
/// @param rows from the top, all of the same length; at least one cell
record Grid(List<List<Integer>> rows) {
    Grid {
        rows = rows.stream().map(List::copyOf).toList();
        if (rows.isEmpty() || rows.getFirst().isEmpty() || !isRectangle(rows)) {
            throw new IllegalArgumentException("no rectangle: " + rows);
        }
    }

    /// Returns whether all rows have the same length.
    static boolean isRectangle(List<List<Integer>> rows) {
        return rows.stream().mapToInt(List::size).distinct().count() <= 1;
    }

    /// Returns its height and width, for a person.
    String shape() {
        return rows.size() + " x " + rows.getFirst().size();
    }

    /// Returns how many cells it has.
    int cells() {
        return rows.size() * rows.getFirst().size();
    }

    /// Returns in how many cells it differs from a grid of the same shape.
    int differences(Grid other) {
        int differences = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                Integer cell = rows.get(row).get(column);
                differences += cell.equals(other.rows.get(row).get(column)) ? 0 : 1;
            }
        }
        return differences;
    }

    /// Returns it as JSON on one line.
    @Override
    public String toString() {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).collect(joining(",", "[", "]")))
                .collect(joining(",", "[", "]"));
    }
}
