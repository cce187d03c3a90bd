package dev.polymnia.models.template;

/// The backslash escapes of Python's string literals.
final class Escapes {
    private final String content;
    private final StringBuilder out = new StringBuilder();
    private int position;

    private Escapes(String content) {
        this.content = content;
    }

    static String resolve(String content) {
        Escapes escapes = new Escapes(content);
        while (escapes.position < content.length()) {
            escapes.step();
        }
        return escapes.out.toString();
    }

    private void step() {
        char character = content.charAt(position++);
        if (character != '\\' || position == content.length()) {
            out.append(character);
            return;
        }
        char escaped = content.charAt(position++);
        switch (escaped) {
            case '\n' -> {} // A line that goes on.
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'a' -> out.append('\u0007');
            case 'v' -> out.append('\u000b');
            case '\\', '\'', '"' -> out.append(escaped);
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case 'N' -> named();
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> out.append('\\').append(escaped);
        }
    }

    private void hexadecimal(int digits) {
        int end = Math.min(content.length(), position + digits);
        int value = 0;
        for (int at = position; at < end; at++) {
            int digit = Character.digit(content.charAt(at), 16);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw Problem.syntax("an escape in a string is not a character");
            }
            value = value * 16 + digit;
        }
        if (end - position < digits || !Character.isValidCodePoint(value)) {
            throw Problem.syntax("an escape in a string is not a character");
        }
        out.appendCodePoint(value);
        position = end;
    }

    private void octal() {
        int value = 0;
        int start = position - 1;
        position = start;
        while (position < content.length()
                && position < start + 3
                && content.charAt(position) >= '0'
                && content.charAt(position) <= '7') {
            value = value * 8 + content.charAt(position++) - '0';
        }
        out.append((char) value);
    }

    private void named() {
        int end = content.indexOf('}', position);
        if (end < 0 || content.charAt(position) != '{') {
            throw Problem.syntax("an escape in a string names no character");
        }
        try {
            out.appendCodePoint(Character.codePointOf(content.substring(position + 1, end)));
        } catch (IllegalArgumentException unknown) {
            throw Problem.syntax("an escape in a string names no character");
        }
        position = end + 1;
    }
}
