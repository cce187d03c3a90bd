package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Strings in JSON, spelled in one way: what must be escaped is, with the short escapes where there
/// are such, and nothing else.
final class JsonText {
    /// The characters that stand for themselves.
    static final CodePoints PLAIN =
            CodePoints.between(0, 0x1F).or(CodePoints.in("\"\\")).not().characters();

    private JsonText() {}

    /// Appends a string with its quotes.
    ///
    /// @param text without lone surrogates
    static void quote(String text, StringBuilder target) {
        target.append('"');
        text.codePoints().forEach(each -> target.append(spelled(each)));
        target.append('"');
    }

    /// Returns the spelling of a code point inside of a string.
    static String spelled(int codePoint) {
        return switch (codePoint) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                    codePoint < 0x20
                            ? "\\u%04x".formatted(codePoint)
                            : Character.toString(codePoint);
        };
    }

    /// Returns an expression about the content of a JSON string, its characters spelled as JSON
    /// spells them.
    static String gbnf(Expression part) {
        return switch (part) {
            case Expression.Literal(String text) ->
                    GbnfText.literal(
                            text.codePoints()
                                    .mapToObj(JsonText::spelled)
                                    .collect(Collectors.joining()));
            case Expression.Characters(CodePoints set) -> gbnf(set);
            case Expression.Reference(String name, int _) -> name;
            case Expression.Sequence(List<Expression> parts) ->
                    parts.stream().map(JsonText::gbnf).collect(Collectors.joining(" ", "(", ")"));
            case Expression.Choice(List<Expression> options) ->
                    GbnfText.choice(options.stream().map(JsonText::gbnf).toList());
            case Expression.Repeat(Expression body, int least, int most) ->
                    GbnfText.repeat("(" + gbnf(body) + ")", least, most);
        };
    }

    /// Returns one character of a set as JSON spells it inside of a string.
    static String gbnf(CodePoints set) {
        List<String> options = new ArrayList<>();
        CodePoints plain = set.and(PLAIN);
        if (!plain.isEmpty()) {
            options.add(GbnfText.characters(plain));
        }
        // Those with escapes, by the part that differs: the letter, or the last digit.
        Map<String, CodePoints> escapes = new TreeMap<>();
        CodePoints special = set.characters().minus(PLAIN);
        for (int each = 0; each <= '\\'; each++) {
            if (special.contains(each)) {
                String spelled = spelled(each);
                int last = spelled.length() - 1;
                escapes.merge(
                        spelled.substring(0, last),
                        CodePoints.of(spelled.charAt(last)),
                        CodePoints::or);
            }
        }
        escapes.forEach((before, last) ->
                options.add(GbnfText.literal(before) + " " + GbnfText.characters(last)));
        return options.stream().collect(Collectors.joining(" | ", "(", ")"));
    }

    /// Returns a text that has no lone surrogates, which no UTF-8 can hold.
    static String requireWhole(String text, String path) {
        if (text.codePoints()
                .anyMatch(each ->
                        each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)) {
            throw Refusal.at(path, "a string has a lone surrogate; remove it.");
        }
        return text;
    }
}
