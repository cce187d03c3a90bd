package dev.polymnia.app.terminal;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.jline.utils.AttributedString;

/// A text of Markdown that comes in parts, on a screen. The block that is being written is live,
/// since its next words may change how it looks; a block that another one follows is final and
/// scrolls away. Confined to one thread.
///
/// Whether a block is final is decided on whole lines only: `#` at the end of what has come may yet
/// become `#1 is`, which is no heading. The lines of a block that is longer than the screen scroll
/// away before the block is final, as they look then.
final class MarkdownStream {
    private final Screen screen;
    private final Ink ink;
    private final Parser parser = Markdown.parser();
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    /// How many lines of the live block have scrolled away.
    private int scrolled;

    MarkdownStream(Screen screen, Ink ink) {
        this.screen = screen;
        this.ink = ink;
    }

    /// Takes more words; they are shown by [#draw] or [#finish].
    void accept(String words) {
        text.append(Printable.text(words));
    }

    /// Shows what has come so far.
    void draw() {
        settle();
        List<AttributedString> lines = unfinished();
        int room = Math.max(1, screen.height() - 2);
        if (lines.size() > room) {
            screen.print(lines.subList(0, lines.size() - room));
            scrolled += lines.size() - room;
        }
        screen.live(lines.subList(Math.max(0, lines.size() - room), lines.size()));
    }

    /// Shows all that has come, for good.
    void finish() {
        settle();
        List<AttributedString> lines = unfinished();
        screen.live(List.of());
        screen.print(lines);
        text.setLength(0);
        scrolled = 0;
    }

    /// Writes the final blocks and forgets them.
    private void settle() {
        int whole = text.lastIndexOf("\n") + 1;
        Node document = parser.parse(text.substring(0, whole));
        Node last = document.getLastChild();
        if (last == null || last.getPrevious() == null) {
            return;
        }
        int start = last.getSourceSpans().getFirst().getInputIndex();
        List<AttributedString> lines = lines(document, false);
        screen.print(lines.subList(Math.min(scrolled, lines.size()), lines.size()));
        scrolled = 0;
        begun = true;
        text.delete(0, start);
    }

    private List<AttributedString> unfinished() {
        List<AttributedString> lines = lines(parser.parse(text.toString()), true);
        return lines.subList(Math.min(scrolled, lines.size()), lines.size());
    }

    /// Returns the lines of all blocks, or of all but the last, with an empty line before each but
    /// the first of all.
    private List<AttributedString> lines(Node document, boolean withLast) {
        List<AttributedString> lines = new ArrayList<>();
        boolean separate = begun;
        for (Node block = document.getFirstChild();
                block != null && (withLast || block.getNext() != null);
                block = block.getNext()) {
            if (separate) {
                lines.add(AttributedString.EMPTY);
            }
            lines.addAll(Markdown.lines(block, ink, screen.width() - 1));
            separate = true;
        }
        return lines;
    }
}
