package dev.polymnia.eval.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds lines of whole numbers with spaces or commas between them, a row in each. Lines that stand
/// together are one grid. Confined to one thread; used once.
final class GridLines {
    /// A longer line is none; it keeps the patterns' work bounded.
    private static final int LONGEST = 400;

    private static final Pattern ROW =
            Pattern.compile(
                    "[\\s>*`]*\\[?\\s*(\\d{1,3}(?:(?:\\s*,\\s*|\\s+)\\d{1,3})*+)\\s*]?,?[\\s*`]*");

    /// Words before a first row on the same line.
    private static final Pattern LABEL =
            Pattern.compile(
                    "(?i)[^\\d\\[]*\\b(?:answer|output|grid|result|solution)\\b[^\\d\\[:=]*[:=](?=.)");

    private static final Pattern MEASURE =
            Pattern.compile("(?i)\\b(?:size|shape|dimensions?|width|height|rows?|columns?)\\b");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");

    private final List<GridReading> found = new ArrayList<>();
    private List<List<Integer>> rows = new ArrayList<>();
    private int begin;

    private GridLines() {}

    /// Returns all of them, in order.
    static List<GridReading> in(String text) {
        GridLines lines = new GridLines();
        int at = 0;
        while (at <= text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            lines.take(text.substring(at, Math.min(end, at + LONGEST + 1)), at);
            at = end + 1;
        }
        lines.close(text.length());
        return lines.found;
    }

    private void take(String line, int at) {
        Matcher row = ROW.matcher(line);
        if (line.length() > LONGEST) {
            close(at);
        } else if (row.matches()) {
            add(row.group(1), at);
        } else {
            close(at);
            Matcher label = LABEL.matcher(line);
            if (label.lookingAt() && !MEASURE.matcher(label.group()).find()) {
                Matcher rest = ROW.matcher(line.substring(label.end()));
                if (rest.matches()) {
                    add(rest.group(1), at);
                }
            }
        }
    }

    private void add(String cells, int at) {
        if (rows.isEmpty()) {
            begin = at;
        }
        rows.add(Arrays.stream(SEPARATOR.split(cells, -1)).map(Integer::valueOf).toList());
    }

    private void close(int end) {
        if (!rows.isEmpty()) {
            found.add(new GridReading(begin, end, rows, true));
            rows = new ArrayList<>();
        }
    }
}
