package dev.polymnia.app.terminal;

import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The words inside a block of Markdown, in their styles.
final class MarkdownInline {
    private final Ink ink;
    private final AttributedStringBuilder words = new AttributedStringBuilder();

    private MarkdownInline(Ink ink) {
        this.ink = ink;
    }

    /// Returns the words below a node; hard breaks are line feeds.
    static AttributedString text(Node parent, Ink ink, AttributedStyle style) {
        MarkdownInline inline = new MarkdownInline(ink);
        inline.children(parent, style);
        return inline.words.toAttributedString();
    }

    private void children(Node parent, AttributedStyle style) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            node(child, style);
        }
    }

    private void node(Node node, AttributedStyle style) {
        switch (node) {
            case Text text -> say(text.getLiteral(), style);
            case Code code -> say(code.getLiteral(), ink.code());
            case HtmlInline html -> say(html.getLiteral(), style);
            case SoftLineBreak _ -> say(" ", style);
            case HardLineBreak _ -> words.append("\n", style);
            case Emphasis emphasis -> children(emphasis, ink.italic(style));
            case StrongEmphasis strong -> children(strong, ink.strong(style));
            case Strikethrough struck -> children(struck, ink.struck(style));
            case Link link -> {
                int begin = words.length();
                children(link, style);
                destination(link.getDestination(), begin);
            }
            case Image image -> {
                say("[image: ", style);
                children(image, style);
                say("]", style);
                destination(image.getDestination(), words.length());
            }
            default -> children(node, style);
        }
    }

    private void destination(String address, int begin) {
        String shown = Printable.line(address);
        if (!words.substring(begin, words.length()).toString().equals(shown)) {
            words.append(" (" + shown + ")", ink.faint());
        }
    }

    private void say(String text, AttributedStyle style) {
        words.append(Printable.shown(text).replace('\n', ' '), style);
    }
}
