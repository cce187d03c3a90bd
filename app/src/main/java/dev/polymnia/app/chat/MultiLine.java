package dev.polymnia.app.chat;

/// Questions of several lines: a backslash at the end of a line, or `"""` before and after.
final class MultiLine {
    private static final String QUOTES = "\"\"\"";

    private MultiLine() {}

    /// Returns whether more lines belong to a text.
    static boolean isUnfinished(String text) {
        if (text.stripLeading().startsWith(QUOTES)) {
            return text.indexOf(QUOTES, text.indexOf(QUOTES) + QUOTES.length()) < 0;
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        // Two backslashes are one that is meant.
        return (text.length() - end) % 2 == 1;
    }

    /// Returns a finished text without the marks that held it together.
    static String joined(String text) {
        String words = text.strip();
        if (words.startsWith(QUOTES)) {
            int end = words.indexOf(QUOTES, QUOTES.length());
            return end < 0
                    ? words
                    : (words.substring(QUOTES.length(), end) + words.substring(end + 3)).strip();
        }
        return text.replace("\\\n", "\n");
    }
}
