package dev.polymnia.agents.code;

/// Reasoning that was left in an answer. Whoever asks a model keeps its reasoning apart; this takes
/// out what slipped through: `<think>…</think>`, and an end without a beginning, as chat templates
/// that open the reasoning themselves leave it. Stateless.
public final class Thoughts {
    private static final String BEGIN = "<think>";
    private static final String END = "</think>";

    private Thoughts() {}

    /// Returns an answer without reasoning. Reasoning that opens the answer and never ends is all
    /// of it. Indentation stays, as programs need it.
    public static String strip(String text) {
        if (!text.contains(BEGIN) && !text.contains(END)) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int at = 0;
        while (true) {
            int begin = text.indexOf(BEGIN, at);
            int end = text.indexOf(END, begin < 0 ? at : begin);
            if (begin < 0 || end < 0) {
                break;
            }
            kept.append(text, at, begin);
            at = end + END.length();
        }
        String rest = kept.append(text, at, text.length()).toString();
        int end = rest.lastIndexOf(END);
        String after = end < 0 ? rest : rest.substring(end + END.length());
        return withoutBlankLines(after.strip().startsWith(BEGIN) ? "" : after);
    }

    /// Takes off empty lines at the beginning.
    static String withoutBlankLines(String text) {
        int from = 0;
        int line = text.indexOf('\n');
        while (line >= 0 && text.substring(from, line).isBlank()) {
            from = line + 1;
            line = text.indexOf('\n', from);
        }
        return text.substring(from);
    }
}
