package dev.polymnia.eval.score;

import java.util.ArrayList;
import java.util.List;

/// Finds arrays of arrays of whole numbers: `[[0, 7], [7, 7]]`, as JSON or with white space for
/// commas, on any number of lines. Goes over the text once. Confined to one thread; used once.
final class GridArrays {
    private static final int MOST_DIGITS = 3;

    private final String text;
    private final List<GridReading> found = new ArrayList<>();

    private GridArrays(String text) {
        this.text = text;
    }

    /// Returns all that begin as such, in order.
    static List<GridReading> in(String text) {
        GridArrays arrays = new GridArrays(text);
        int at = text.indexOf('[');
        while (at >= 0) {
            at = text.indexOf('[', arrays.read(at));
        }
        return arrays.found;
    }

    /// Reads what begins at a bracket.
    ///
    /// @return where the next one may begin
    private int read(int begin) {
        List<List<Integer>> rows = new ArrayList<>();
        int at = skip(begin + 1);
        while (is(at, '[')) {
            List<Integer> row = new ArrayList<>();
            rows.add(row);
            at = readRow(at + 1, row);
            if (!is(at, ']')) {
                return keep(new GridReading(begin, at, rows, false));
            }
            at = skip(at + 1);
        }
        boolean whole = is(at, ']');
        return keep(new GridReading(begin, whole ? at + 1 : at, rows, whole));
    }

    /// Reads cells.
    ///
    /// @return where they end: at the bracket behind them, or at what does not belong there
    private int readRow(int begin, List<Integer> row) {
        int at = skip(begin);
        while (at < text.length() && isDigit(at)) {
            int end = at;
            while (end < text.length() && isDigit(end)) {
                end++;
            }
            int next = skip(end);
            if (end - at > MOST_DIGITS || (next == end && !is(end, ']'))) {
                return at;
            }
            row.add(Integer.parseInt(text.substring(at, end)));
            at = next;
        }
        return at;
    }

    private int keep(GridReading reading) {
        if (!reading.hasCells()) {
            return reading.at() + 1; // an array of something else, or one more level of brackets
        }
        found.add(reading);
        return reading.end();
    }

    private int skip(int from) {
        int at = from;
        while (at < text.length() && (is(at, ',') || Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private boolean is(int at, char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean isDigit(int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
