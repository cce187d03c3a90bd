package dev.polymnia.models.template;

import dev.polymnia.models.template.Token.Kind;
import java.util.List;

/// Reads the names, numbers, strings and operators inside of a tag.
final class TagLexer {
    private static final List<String> OPERATORS =
            List.of(
                    "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(",
                    ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";");

    private final String source;
    private int position;

    TagLexer(String source, int position) {
        this.source = source;
        this.position = position;
    }

    int position() {
        return position;
    }

    /// Reads the token that begins at the position, which is not whitespace.
    Token next(int from) {
        position = from;
        if (from >= source.length()) {
            return new Token(Kind.END, "", from);
        }
        char first = source.charAt(from);
        if (isDigit(first)) {
            return number(from);
        }
        if (first == '"' || first == '\'') {
            return string(from, first);
        }
        if (first == '_' || Character.isUnicodeIdentifierStart(source.codePointAt(from))) {
            return name(from);
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, from)) {
                position = from + operator.length();
                return new Token(Kind.OPERATOR, operator, from);
            }
        }
        throw Problem.syntax("an unexpected character '" + first + "'");
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private Token name(int from) {
        int end = from;
        while (end < source.length()
                && Character.isUnicodeIdentifierPart(source.codePointAt(end))
                && !Character.isIdentifierIgnorable(source.codePointAt(end))) {
            end += Character.charCount(source.codePointAt(end));
        }
        position = end;
        return new Token(Kind.NAME, source.substring(from, end), from);
    }

    private Token number(int from) {
        boolean afterDot = from > 0 && source.charAt(from - 1) == '.';
        int end = digits(from);
        int whole = end;
        if (!afterDot) {
            end = fraction(end);
            end = exponent(end);
        }
        position = end;
        String text = source.substring(from, end).replace("_", "");
        if (end > whole) {
            return new Token(Kind.FLOAT, text, from);
        }
        boolean octal = text.length() > 1 && text.charAt(0) == '0';
        if (octal || radixFollows(text, end)) {
            throw Problem.unsupported("the way the number '" + text + "…' is written");
        }
        return new Token(Kind.INTEGER, text, from);
    }

    private boolean radixFollows(String text, int end) {
        return text.equals("0")
                && end < source.length()
                && "xXoObB".indexOf(source.charAt(end)) >= 0;
    }

    private int digits(int from) {
        int end = from;
        while (end < source.length()
                && (isDigit(source.charAt(end)) || underscoreBeforeDigit(end, from))) {
            end++;
        }
        return end;
    }

    private boolean underscoreBeforeDigit(int at, int from) {
        return at > from
                && source.charAt(at) == '_'
                && at + 1 < source.length()
                && isDigit(source.charAt(at + 1));
    }

    private int fraction(int from) {
        boolean dot = from < source.length() && source.charAt(from) == '.';
        int end = dot ? digits(from + 1) : from;
        return dot && end > from + 1 ? end : from;
    }

    private int exponent(int from) {
        if (from >= source.length() || "eE".indexOf(source.charAt(from)) < 0) {
            return from;
        }
        boolean signed = from + 1 < source.length() && "+-".indexOf(source.charAt(from + 1)) >= 0;
        int start = signed ? from + 2 : from + 1;
        int end = digits(start);
        return end > start ? end : from;
    }

    private Token string(int from, char quote) {
        int at = from + 1;
        while (at < source.length() && source.charAt(at) != quote) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= source.length()) {
            throw Problem.syntax("a string is not closed");
        }
        position = at + 1;
        String content = source.substring(from + 1, at);
        String text = content.indexOf('\\') < 0 ? content : Escapes.resolve(content);
        return new Token(Kind.STRING, text, from);
    }
}
