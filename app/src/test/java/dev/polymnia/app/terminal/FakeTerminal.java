package dev.polymnia.app.terminal;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.ScreenTerminal;

/// A terminal whose picture can be read: what is written goes through JLine's emulation of an
/// xterm.
final class FakeTerminal {
    private final ScreenTerminal.VirtualTerminal virtual;

    FakeTerminal(int width, int height) {
        try {
            virtual = ScreenTerminal.withTerminal("test", "xterm-256color", width, height);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Terminal terminal() {
        return virtual.terminal();
    }

    TerminalScreen screen() {
        return new TerminalScreen(terminal());
    }

    void resize(int width, int height) {
        virtual.screen().setSize(Size.of(width, height));
        virtual.terminal().setSize(Size.of(width, height));
    }

    /// Returns the rows that can be seen, without the empty ones at the end.
    List<String> rows() {
        terminal().flush();
        int width = virtual.screen().getColumns();
        int height = virtual.screen().getRows();
        long[] cells = new long[width * height];
        virtual.screen().dump(cells, new int[2]);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            rows.add(text(cells, row * width, width));
        }
        while (!rows.isEmpty() && rows.getLast().isEmpty()) {
            rows.removeLast();
        }
        return rows;
    }

    /// Returns what has scrolled away, then what can be seen.
    List<String> all() {
        List<String> rows = new ArrayList<>();
        for (long[] line : virtual.screen().getHistory()) {
            rows.add(text(line, 0, line.length));
        }
        rows.addAll(rows());
        return rows;
    }

    String picture() {
        return rows().stream().collect(joining("\n"));
    }

    private static String text(long[] cells, int from, int count) {
        StringBuilder row = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            int point = ScreenTerminal.cellCodePoint(cells[i]);
            if (point != 0) {
                row.appendCodePoint(point);
            }
        }
        return row.toString().stripTrailing();
    }
}
