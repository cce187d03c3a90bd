package dev.polymnia.agents;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Gives JSON texts (RFC 8259) one form, so that equal values are equal texts: no white space, the
/// names of objects sorted, one way to write a character or a number. Of a name that comes twice
/// the last value counts, as most readers have it. This module has no library for JSON; it needs no
/// more than this. Confined to one thread.
final class JsonForm {
    /// Deeper than any schema of a tool; a reader on the other side may not go deeper either.
    private static final int DEEPEST = 64;

    /// A number with more digits is left as it is written.
    private static final int LONGEST_NUMBER = 400;

    private final String text;
    private int at;

    private JsonForm(String text) {
        this.text = text;
    }

    /// Says that a text is no JSON; never leaves this class.
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /// Returns the form of an object.
    ///
    /// @param text nothing at all is an object without members, as models call tools that take none
    /// @return empty if it is no JSON object
    static Optional<String> ofObject(String text) {
        if (text.isBlank()) {
            return Optional.of("{}");
        }
        try {
            JsonForm form = new JsonForm(text);
            String value = form.value(0);
            form.skipSpace();
            return form.at == text.length() && value.startsWith("{")
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private String value(int depth) {
        if (depth > DEEPEST) {
            throw malformed("more than %d levels".formatted(DEEPEST));
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private String object(int depth) {
        Map<String, String> members = new TreeMap<>();
        expect('{');
        skipSpace();
        while (peek() != '}') {
            if (!members.isEmpty()) {
                expect(',');
                skipSpace();
            }
            String name = string();
            skipSpace();
            expect(':');
            members.put(name, value(depth + 1));
            skipSpace();
        }
        at++;
        StringJoiner all = new StringJoiner(",", "{", "}");
        members.forEach((name, value) -> all.add(name + ":" + value));
        return all.toString();
    }

    private String array(int depth) {
        StringJoiner all = new StringJoiner(",", "[", "]");
        boolean first = true;
        expect('[');
        skipSpace();
        while (peek() != ']') {
            if (!first) {
                expect(',');
            }
            first = false;
            all.add(value(depth + 1));
            skipSpace();
        }
        at++;
        return all.toString();
    }

    private String string() {
        StringBuilder form = new StringBuilder("\"");
        expect('"');
        while (peek() != '"') {
            append(form, character());
        }
        at++;
        return form.append('"').toString();
    }

    private char character() {
        char c = next();
        if (c < ' ') {
            throw malformed("a control character");
        }
        if (c != '\\') {
            return c;
        }
        char escape = next();
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw malformed("the escape \\" + escape);
        };
    }

    private char hex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw malformed("an escape that is not hexadecimal");
            }
            code = 16 * code + digit;
        }
        return (char) code;
    }

    private static void append(StringBuilder form, char c) {
        if (c == '"' || c == '\\') {
            form.append('\\').append(c);
        } else if (c < ' ') {
            form.append("\\u%04x".formatted((int) c));
        } else {
            form.append(c);
        }
    }

    private String word(String word) {
        if (!text.startsWith(word, at)) {
            throw malformed("a word that is not " + word);
        }
        at += word.length();
        return word;
    }

    private String number() {
        int from = at;
        skip("-");
        if (!skip("0")) {
            digits();
        }
        if (skip(".")) {
            digits();
        }
        if (skip("eE")) {
            skip("+-");
            digits();
        }
        return numberForm(text.substring(from, at));
    }

    private void digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed("no digit");
        }
    }

    private boolean skip(String any) {
        boolean there = at < text.length() && any.indexOf(text.charAt(at)) >= 0;
        at += there ? 1 : 0;
        return there;
    }

    /// Numbers of equal value are equal, as JSON knows no kinds of numbers: 1, 1.0 and 10e-1.
    private static String numberForm(String number) {
        if (number.length() > LONGEST_NUMBER) {
            return number;
        }
        try {
            BigDecimal value = new BigDecimal(number);
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
        } catch (ArithmeticException | NumberFormatException e) {
            // An exponent of more than 32 bits.
            return number;
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at == text.length()) {
            throw malformed("an end before its time");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char c) {
        if (next() != c) {
            throw malformed("no " + c);
        }
    }

    private Malformed malformed(String what) {
        return new Malformed(what + " at " + at);
    }
}
