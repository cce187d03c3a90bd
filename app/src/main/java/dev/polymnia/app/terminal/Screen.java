package dev.polymnia.app.terminal;

import java.util.List;
import org.jline.utils.AttributedString;

/// A terminal as the views use it: lines that stay and scroll away, and below them a live part that
/// is drawn over. Confined to one thread.
public interface Screen {
    /// Returns the columns now, at least 20: a person may resize the window at any time.
    int width();

    /// Returns the rows now, at least 4.
    int height();

    /// Writes lines above the live part, for good; one that is too long is broken.
    void print(List<AttributedString> lines);

    /// Replaces the live part; empty takes it away. Shows the last lines only if there are more
    /// than fit, and the beginning only of a line that is too long.
    void live(List<AttributedString> lines);

    /// Writes one line above the live part, for good.
    default void print(AttributedString line) {
        print(List.of(line));
    }

    /// Writes one line above the live part, for good.
    default void print(String line) {
        print(new AttributedString(line));
    }
}
