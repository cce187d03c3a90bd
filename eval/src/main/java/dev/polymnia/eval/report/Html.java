package dev.polymnia.eval.report;

import tools.jackson.databind.JsonNode;

/// Makes hostile text harmless in a page. All text of a report that is not in a script passes here.
final class Html {
    private static final int REPLACEMENT = 0xFFFD;

    private Html() {}

    /// Returns the text for the content of an element or for a quoted attribute, in HTML and in
    /// XML. What neither may contain, such as control characters and halves of pairs, becomes
    /// U+FFFD.
    static String text(String raw) {
        StringBuilder safe = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int point) {
        switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(isAllowed(point) ? point : REPLACEMENT);
        }
    }

    private static boolean isAllowed(int point) {
        if (point < 0xA0) {
            return point == '\t' || point == '\n' || (point >= 0x20 && point < 0x7F);
        }
        boolean half = point >= 0xD800 && point <= 0xDFFF;
        boolean nothing = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        return !half && !nothing;
    }

    /// Returns JSON for the content of a script element. Angle brackets and ampersands are only in
    /// its strings, where they can be written as escapes, so nothing in it can end the element.
    static String script(JsonNode json) {
        return json.toString()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
