package dev.polymnia.llama.grammar;

import org.jspecify.annotations.Nullable;

/// What a schema says of strings.
///
/// @param least code points at least
/// @param most code points at most; [Expression#ENDLESS] for any number
/// @param pattern a regular expression that is found in the string; null for any string
/// @param format the name of a format; null for any string
record TextRule(int least, int most, @Nullable String pattern, @Nullable String format) {
    /// Any string.
    static final TextRule ANY = new TextRule(0, Expression.ENDLESS, null, null);

    /// Returns what meets this rule and another one.
    ///
    /// @param path the schema that wants both
    TextRule and(TextRule other, String path) {
        return new TextRule(
                Math.max(least, other.least),
                Math.min(most, other.most),
                same(pattern, other.pattern, path, "patterns"),
                same(format, other.format, path, "formats"));
    }

    private static @Nullable String same(
            @Nullable String first, @Nullable String second, String path, String what) {
        if (first == null || first.equals(second)) {
            return second;
        }
        if (second == null) {
            return first;
        }
        throw Refusal.at(
                path,
                "two %s, %s and %s, cannot be combined; keep one.".formatted(what, first, second));
    }
}
