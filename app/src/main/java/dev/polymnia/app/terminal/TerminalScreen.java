package dev.polymnia.app.terminal;

import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/// A screen on a terminal of JLine, whose `Display` writes only what has changed. What changes at
/// once is shown at once (synchronised output, where the terminal knows it), so nothing flickers.
///
/// When the window becomes narrower, most terminals break the lines that are too long now; that is
/// what the next picture counts on. One that cuts them off instead (xterm) loses lines above the
/// live part.
public final class TerminalScreen implements Screen {
    private static final int LEAST_WIDTH = 20;
    private static final int LEAST_HEIGHT = 4;

    private final Terminal terminal;
    private final Display display;
    private List<AttributedString> live = List.of();

    /// Creates a screen.
    ///
    /// @param terminal stays the caller's, who closes it
    public TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        display = new Display(terminal, false);
        display.resize(Size.of(width(), height()));
    }

    @Override
    public int width() {
        return Math.max(LEAST_WIDTH, terminal.getColumns());
    }

    @Override
    public int height() {
        return Math.max(LEAST_HEIGHT, terminal.getRows());
    }

    @Override
    public void print(List<AttributedString> lines) {
        if (lines.isEmpty()) {
            return;
        }
        terminal.synchronizedUpdate(() -> {
            draw(List.of());
            for (AttributedString line : lines) {
                Wrap.lines(line, width()).forEach(each -> each.println(terminal));
            }
            draw(live);
        });
        terminal.flush();
    }

    @Override
    public void live(List<AttributedString> lines) {
        int rows = height() - 1;
        int columns = width() - 1;
        live =
                lines.subList(Math.max(0, lines.size() - rows), lines.size()).stream()
                        .map(line -> line.columnSubSequence(0, columns))
                        .toList();
        terminal.synchronizedUpdate(() -> draw(live));
        terminal.flush();
    }

    private void draw(List<AttributedString> lines) {
        int columns = width();
        if (columns != display.getColumns() || height() != display.getRows()) {
            display.resize(Size.of(columns, height()));
        }
        // The cursor rests at the end of the last line.
        int cursor =
                lines.isEmpty()
                        ? 0
                        : (lines.size() - 1) * (columns + 1) + lines.getLast().columnLength();
        display.update(lines, cursor);
        if (lines.isEmpty()) {
            display.reset();
        }
    }
}
