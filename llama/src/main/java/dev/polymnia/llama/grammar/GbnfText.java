package dev.polymnia.llama.grammar;

import java.util.List;
import java.util.stream.Collectors;

/// Writes GBNF.
final class GbnfText {
    private GbnfText() {}

    /// Returns a literal.
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(each -> literal.append(escaped(each)));
        return literal.append('"').toString();
    }

    /// Returns a character class.
    ///
    /// @param set not empty
    static String characters(CodePoints set) {
        StringBuilder text = new StringBuilder("[");
        set.forEach((first, last) -> {
            text.append(escaped(first));
            if (last > first) {
                text.append('-').append(escaped(last));
            }
        });
        return text.append(']').toString();
    }

    /// Returns the alternatives of a list, in parentheses if there are several.
    static String choice(List<String> options) {
        return options.size() == 1
                ? options.getFirst()
                : options.stream().collect(Collectors.joining(" | ", "(", ")"));
    }

    /// Returns a repetition.
    ///
    /// @param body one item
    /// @param most [Expression#ENDLESS] for any number
    static String repeat(String body, int least, int most) {
        if (most == Expression.ENDLESS) {
            return least == 0 ? body + "*" : body + "{" + least + ",}";
        }
        if (least == 1 && most == 1) {
            return body;
        }
        return least == 0 && most == 1 ? body + "?" : body + "{" + least + "," + most + "}";
    }

    private static String escaped(int codePoint) {
        boolean plain =
                (codePoint >= '0' && codePoint <= '9')
                        || (codePoint >= 'A' && codePoint <= 'Z')
                        || (codePoint >= 'a' && codePoint <= 'z')
                        || " !#$%&'()*+,./:;<=>?@_`{|}~".indexOf(codePoint) >= 0;
        if (plain) {
            return Character.toString(codePoint);
        }
        if (codePoint == '"' || codePoint == '\\') {
            return "\\" + (char) codePoint;
        }
        if (codePoint <= 0xFF) {
            return "\\x%02X".formatted(codePoint);
        }
        return codePoint <= 0xFFFF
                ? "\\u%04X".formatted(codePoint)
                : "\\U%08X".formatted(codePoint);
    }
}
