package dev.polymnia.app.terminal;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/// A table as lines: in columns if they fit, else a block of `heading: value` lines for each row.
final class MarkdownTable {
    private static final String SEPARATOR = " ┊ ";

    private final Ink ink;
    private final int width;
    private final List<List<AttributedString>> rows = new ArrayList<>();
    private final List<TableCell.Alignment> alignments = new ArrayList<>();

    MarkdownTable(TableBlock table, Ink ink, int width) {
        this.ink = ink;
        this.width = width;
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow cells) {
                    rows.add(cells(cells));
                }
            }
        }
    }

    private List<AttributedString> cells(TableRow row) {
        boolean heading = rows.isEmpty();
        List<AttributedString> cells = new ArrayList<>();
        for (Node node = row.getFirstChild(); node != null; node = node.getNext()) {
            cells.add(
                    MarkdownInline.text(
                            node, ink, heading ? ink.strong(ink.plain()) : ink.plain()));
            if (heading && node instanceof TableCell cell) {
                alignments.add(
                        cell.getAlignment() == null
                                ? TableCell.Alignment.LEFT
                                : cell.getAlignment());
            }
        }
        return cells;
    }

    List<AttributedString> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<AttributedString> row : rows) {
            for (int i = 0; i < Math.min(widths.length, row.size()); i++) {
                widths[i] = Math.max(widths[i], row.get(i).columnLength());
            }
        }
        int total = SEPARATOR.length() * (widths.length - 1);
        for (int each : widths) {
            total += each;
        }
        return total <= width ? grid(widths) : records();
    }

    private List<AttributedString> grid(int[] widths) {
        List<AttributedString> lines = new ArrayList<>();
        for (List<AttributedString> row : rows) {
            AttributedStringBuilder line = new AttributedStringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(i == 0 ? "" : SEPARATOR, ink.faint());
                line.append(cell(row, i, widths[i]));
            }
            lines.add(line.toAttributedString());
            if (lines.size() == 1) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private AttributedString cell(List<AttributedString> row, int column, int columns) {
        AttributedString words = column < row.size() ? row.get(column) : AttributedString.EMPTY;
        int room = columns - words.columnLength();
        int before =
                switch (alignments.get(column)) {
                    case LEFT -> 0;
                    case CENTER -> room / 2;
                    case RIGHT -> room;
                };
        return AttributedStringBuilder.append(" ".repeat(before), words, " ".repeat(room - before));
    }

    private AttributedString rule(int[] widths) {
        return Ink.line(
                Arrays.stream(widths).mapToObj("╌"::repeat).collect(joining("╌┊╌")), ink.faint());
    }

    private List<AttributedString> records() {
        List<AttributedString> lines = new ArrayList<>();
        for (List<AttributedString> row : rows.subList(1, rows.size())) {
            if (!lines.isEmpty()) {
                lines.add(AttributedString.EMPTY);
            }
            for (int i = 0; i < Math.min(alignments.size(), row.size()); i++) {
                lines.addAll(
                        Wrap.lines(
                                AttributedStringBuilder.append(
                                        rows.getFirst().get(i), ": ", row.get(i)),
                                width));
            }
        }
        return lines;
    }
}
