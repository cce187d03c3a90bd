package dev.polymnia.app.terminal;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Blocks of CommonMark, with GitHub's tables and strikethrough, as lines of a terminal. LaTeX and
/// HTML stay as they are written.
final class Markdown {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), StrikethroughExtension.create());

    private final Ink ink;
    private final int width;
    private final List<AttributedString> lines = new ArrayList<>();

    private Markdown(Ink ink, int width) {
        this.ink = ink;
        this.width = width;
    }

    /// What stands before the lines of a block.
    ///
    /// @param first before its first line
    /// @param rest before the others
    private record Margin(AttributedString first, AttributedString rest) {
        static final Margin NONE = new Margin(AttributedString.EMPTY, AttributedString.EMPTY);

        Margin plus(AttributedString mark, AttributedString space) {
            return new Margin(
                    AttributedStringBuilder.append(first, mark),
                    AttributedStringBuilder.append(rest, space));
        }

        Margin afterFirst() {
            return new Margin(rest, rest);
        }
    }

    /// Returns a parser whose blocks know where in the text they stand.
    static Parser parser() {
        return Parser.builder()
                .extensions(EXTENSIONS)
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .build();
    }

    /// Returns the lines of one block.
    ///
    /// @param width the most columns of a line
    static List<AttributedString> lines(Node block, Ink ink, int width) {
        Markdown markdown = new Markdown(ink, width);
        markdown.block(block, Margin.NONE);
        return markdown.lines;
    }

    private void block(Node node, Margin margin) {
        switch (node) {
            case Heading heading -> text(heading, ink.strong(ink.plain()), margin);
            case FencedCodeBlock code -> code(code.getLiteral(), margin);
            case IndentedCodeBlock code -> code(code.getLiteral(), margin);
            case HtmlBlock html -> verbatim(html.getLiteral(), ink.plain(), margin);
            case ThematicBreak _ -> {
                int columns = Math.max(3, Math.min(40, width - margin.first().columnLength()));
                put(Ink.line("╌".repeat(columns), ink.faint()), margin.first());
            }
            case BlockQuote quote -> {
                AttributedString bar = Ink.line("▎ ", ink.faint());
                blocks(quote, margin.plus(bar, bar), true);
            }
            case ListBlock list -> list(list, margin);
            case TableBlock table ->
                    new MarkdownTable(table, ink, width - margin.rest().columnLength())
                            .lines()
                            .forEach(line -> put(line, margin.rest()));
            default -> text(node, ink.plain(), margin);
        }
    }

    private void blocks(Node parent, Margin margin, boolean spaced) {
        Margin next = margin;
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            if (spaced && child.getPrevious() != null) {
                put(AttributedString.EMPTY, next.rest());
            }
            block(child, next);
            next = margin.afterFirst();
        }
        if (parent.getFirstChild() == null) {
            put(AttributedString.EMPTY, margin.first());
        }
    }

    private void list(ListBlock list, Margin margin) {
        int number =
                list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                        ? ordered.getMarkerStartNumber()
                        : 1;
        Margin next = margin;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (!list.isTight() && item.getPrevious() != null) {
                put(AttributedString.EMPTY, margin.rest());
            }
            String mark = list instanceof BulletList ? "• " : number + ". ";
            AttributedString space = new AttributedString(" ".repeat(mark.length()));
            blocks(item, next.plus(Ink.line(mark, ink.faint()), space), !list.isTight());
            next = margin.afterFirst();
            number++;
        }
    }

    private void text(Node node, AttributedStyle style, Margin margin) {
        AttributedString words = MarkdownInline.text(node, ink, style);
        AttributedString before = margin.first();
        for (AttributedString line : Wrap.lines(words, width - margin.rest().columnLength())) {
            put(line, before);
            before = margin.rest();
        }
    }

    private void code(String literal, Margin margin) {
        AttributedString indent = new AttributedString("  ");
        verbatim(literal, ink.code(), margin.plus(indent, indent));
    }

    private void verbatim(String literal, AttributedStyle style, Margin margin) {
        AttributedString before = margin.first();
        for (String line : Printable.shown(literal).stripTrailing().split("\n", -1)) {
            put(Ink.line(line, style), before);
            before = margin.rest();
        }
    }

    private void put(AttributedString line, AttributedString before) {
        lines.add(AttributedStringBuilder.append(before, line));
    }
}
