package dev.polymnia.llama.grammar;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the strings that meet a rule.
final class TextRules {
    // The names of formats, and the lengths that all of their strings have.
    private static final Map<String, int[]> FORMATS =
            Map.of(
                    "date-time", new int[] {20, 35},
                    "time", new int[] {9, 24},
                    "date", new int[] {10, 10},
                    "duration", new int[] {3, 44},
                    "email", new int[] {6, 288},
                    "hostname", new int[] {2, 249},
                    "ipv4", new int[] {7, 15},
                    "ipv6", new int[] {2, 45},
                    "uuid", new int[] {36, 36});

    private TextRules() {}

    /// Returns an expression for the strings that meet a rule, with their quotes; null if there are
    /// none.
    ///
    /// @param path the schema
    /// @throws dev.polymnia.core.Fault `INVALID` if the rule cannot be expressed
    static @Nullable String write(RuleBook book, TextRule rule, String path) {
        String format = rule.format();
        if (format != null) {
            return writeFormat(book, rule, format, path);
        }
        String pattern = rule.pattern();
        if (pattern != null) {
            return writePattern(rule, pattern, path);
        }
        if (rule.least() > rule.most()) {
            return null;
        }
        return rule.equals(TextRule.ANY)
                ? book.shared("string")
                : quoted(GbnfText.repeat(book.shared("char"), rule.least(), rule.most()));
    }

    private static String writeFormat(RuleBook book, TextRule rule, String format, String path) {
        int[] lengths = FORMATS.get(format);
        if (lengths == null) {
            throw Refusal.at(
                    path + "/format",
                    "the format %s is not supported; there are date-time, time, date, duration,"
                                    .formatted(format)
                            + " email, hostname, ipv4, ipv6 and uuid.");
        }
        if (rule.pattern() != null) {
            throw Refusal.at(
                    path + "/pattern",
                    "a pattern cannot be combined with the format %s; keep one.".formatted(format));
        }
        if (rule.least() > lengths[0] || rule.most() < lengths[1]) {
            throw Refusal.at(
                    path + (rule.least() > lengths[0] ? "/minLength" : "/maxLength"),
                    "the format %s has from %d to %d characters, which cannot be restricted; remove"
                                    .formatted(format, lengths[0], lengths[1])
                            + " the bound or use a pattern.");
        }
        return quoted(book.shared(format));
    }

    private static @Nullable String writePattern(TextRule rule, String pattern, String path) {
        Expression all = Patterns.read(pattern, path + "/pattern");
        Lengths.Restricted restricted = new Lengths().restrict(all, rule.least(), rule.most());
        if (!restricted.possible()) {
            throw Refusal.at(
                    path + "/pattern",
                    "the pattern %s cannot be combined with minLength and maxLength; bound its own"
                                    .formatted(pattern)
                            + " quantifiers instead.");
        }
        return restricted.left().map(left -> quoted(JsonText.gbnf(left))).orElse(null);
    }

    private static String quoted(String inside) {
        return "\"\\\"\" " + inside + " \"\\\"\"";
    }
}
