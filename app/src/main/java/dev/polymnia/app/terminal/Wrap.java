package dev.polymnia.app.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.WCWidth;

/// Breaks a text into lines of a width, at spaces where there are any. Widths are columns of a
/// terminal: wide characters take two, combining ones none.
final class Wrap {
    private final AttributedString text;
    private final int width;
    private final List<AttributedString> lines = new ArrayList<>();
    private int start;
    private int space = -1;
    private int column;

    private Wrap(AttributedString text, int width) {
        this.text = text;
        this.width = Math.max(2, width);
    }

    /// Returns the lines of a text, at least one; line feeds in it end a line.
    static List<AttributedString> lines(AttributedString text, int width) {
        return new Wrap(text, width).lines();
    }

    private List<AttributedString> lines() {
        int at = 0;
        while (at < text.length()) {
            at = step(at);
        }
        lines.add(text.subSequence(start, text.length()));
        return lines;
    }

    /// Takes the character at a place.
    ///
    /// @return the place of the next character
    private int step(int at) {
        int point = text.codePointAt(at);
        if (point == '\n') {
            return endLine(at, at + 1);
        }
        int columns = Math.max(0, WCWidth.wcwidth(point));
        if (column + columns > width && at > start) {
            if (point == ' ') {
                return endLine(at, at + 1);
            }
            return space > start ? endLine(space, space + 1) : endLine(at, at);
        }
        if (point == ' ') {
            space = at;
        }
        column += columns;
        return at + Character.charCount(point);
    }

    private int endLine(int end, int next) {
        lines.add(text.subSequence(start, end));
        start = next;
        space = -1;
        column = 0;
        return next;
    }
}
