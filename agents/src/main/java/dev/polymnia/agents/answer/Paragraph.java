package dev.polymnia.agents.answer;

import java.util.List;

/// The words behind an answer marker: the rest of its line, or the next line that says something.
final class Paragraph {
    private Paragraph() {}

    /// Returns what is stated behind a marker.
    ///
    /// @param text all words
    /// @param from where the marker ends
    static Extractor.Statement after(String text, int from) {
        String rest = text.substring(from);
        List<String> lines = rest.lines().toList();
        int first = 0;
        while (first < lines.size() && isBlank(lines.get(first))) {
            first++;
        }
        int end = first;
        while (end < lines.size() && !isBlank(lines.get(end))) {
            end++;
        }
        String stated = String.join(" ", lines.subList(first, end)).strip();
        int after = lines.subList(end, lines.size()).stream().mapToInt(String::length).sum();
        if (isDisplay(lines, first, end)) {
            return new Extractor.Statement(from, stated, after, 1);
        }
        String line = first < lines.size() ? lines.get(first).strip() : "";
        boolean exact = Canonical.isExact(Canonical.of(line));
        return exact
                ? new Extractor.Statement(from, line, after, 1)
                : new Extractor.Statement(from, stated, after, end - first);
    }

    /// Mathematics set on lines of its own is one statement.
    private static boolean isDisplay(List<String> lines, int first, int end) {
        if (first >= end) {
            return false;
        }
        String open = lines.get(first).strip();
        String close = lines.get(end - 1).strip();
        return (open.startsWith("\\[") && close.endsWith("\\]"))
                || (open.startsWith("$$") && close.endsWith("$$"));
    }

    private static boolean isBlank(String line) {
        String text = line.strip();
        return text.startsWith("```") || text.chars().allMatch(c -> "*_#-: ".indexOf(c) >= 0);
    }
}
