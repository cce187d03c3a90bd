package dev.polymnia.app.terminal;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/// How the parts of a view look; without colours they all look alike.
///
/// @param colours whether colours and weights are welcome
record Ink(boolean colours) {
    static Ink of(Console console) {
        return new Ink(console.colours());
    }

    AttributedStyle plain() {
        return AttributedStyle.DEFAULT;
    }

    AttributedStyle faint() {
        return colours ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }

    AttributedStyle warning() {
        return colour(AttributedStyle.YELLOW);
    }

    AttributedStyle code() {
        return colour(AttributedStyle.CYAN);
    }

    /// Returns a style made heavier.
    AttributedStyle strong(AttributedStyle style) {
        return colours ? style.bold() : style;
    }

    /// Returns a style made italic.
    AttributedStyle italic(AttributedStyle style) {
        return colours ? style.italic() : style;
    }

    /// Returns a style with a line through the words.
    AttributedStyle struck(AttributedStyle style) {
        return colours ? style.crossedOut() : style;
    }

    static AttributedString line(String text, AttributedStyle style) {
        return new AttributedString(text, style);
    }

    private AttributedStyle colour(int colour) {
        return colours ? AttributedStyle.DEFAULT.foreground(colour) : AttributedStyle.DEFAULT;
    }
}
