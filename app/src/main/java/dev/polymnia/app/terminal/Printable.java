package dev.polymnia.app.terminal;

/// Makes words of strangers (a model's, a file's, pasted ones) safe to show: a terminal obeys
/// control characters, so none of them may reach it that we did not write ourselves.
public final class Printable {
    private static final String TAB = "    ";

    private Printable() {}

    /// Returns a text without its control characters; line feeds and tabs stay, other line ends
    /// become line feeds.
    public static String text(String words) {
        StringBuilder kept = new StringBuilder(words.length());
        words.replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .filter(point -> point == '\n' || point == '\t' || !isControl(point))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /// Returns a text as it can be shown: as [#text], with spaces for tabs.
    static String shown(String words) {
        return text(words).replace("\t", TAB);
    }

    /// Returns a text as it can be shown in one line, without space around it.
    public static String line(String words) {
        return shown(words).replace('\n', ' ').strip();
    }

    private static boolean isControl(int point) {
        return Character.isISOControl(point)
                // Marks that turn the direction of what follows: what is shown would not be what
                // is there (Boucher and Anderson, Trojan Source, 2023, section 3).
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
