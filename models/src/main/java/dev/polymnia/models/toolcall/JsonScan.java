package dev.polymnia.models.toolcall;

/// Follows JSON text (RFC 8259) character by character, from the bracket that opens it to the one
/// that closes it, and keeps nothing but the open brackets. It knows whether what came so far can
/// become JSON, but takes any run of digits, signs and points for a number.
final class JsonScan {
    enum State {
        INSIDE,
        COMPLETE,
        INVALID
    }

    private enum Expected {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        COMMA_OR_END,
        KEY_TEXT,
        TEXT,
        NUMBER,
        WORD
    }

    private final boolean lineBreaks;
    private final StringBuilder open = new StringBuilder();
    private Expected expected = Expected.VALUE;
    private boolean escaped;
    private String word = "";
    private int matched;

    /// Creates it before the first bracket.
    ///
    /// @param lineBreaks whether strings may hold line breaks and other control characters as they
    ///   are; JSON forbids it, and models do it
    JsonScan(boolean lineBreaks) {
        this.lineBreaks = lineBreaks;
    }

    /// Takes the next character; not called again unless it is inside.
    State accept(char next) {
        return switch (expected) {
            case KEY_TEXT, TEXT -> text(next);
            case NUMBER -> number(next);
            case WORD -> word(next);
            case VALUE, VALUE_OR_END, KEY, KEY_OR_END, COLON, COMMA_OR_END ->
                    isSpace(next) ? State.INSIDE : between(next);
        };
    }

    boolean isInText() {
        return expected == Expected.TEXT || expected == Expected.KEY_TEXT;
    }

    private State between(char next) {
        return switch (expected) {
            case VALUE -> value(next);
            case VALUE_OR_END -> next == ']' ? close(next) : value(next);
            case KEY -> next == '"' ? expect(Expected.KEY_TEXT) : State.INVALID;
            case KEY_OR_END ->
                    next == '"'
                            ? expect(Expected.KEY_TEXT)
                            : next == '}' ? close(next) : State.INVALID;
            case COLON -> next == ':' ? expect(Expected.VALUE) : State.INVALID;
            case COMMA_OR_END -> {
                if (next != ',') {
                    yield close(next);
                }
                yield expect(isInObject() ? Expected.KEY : Expected.VALUE);
            }
            case KEY_TEXT, TEXT, NUMBER, WORD -> State.INVALID;
        };
    }

    private State value(char next) {
        if (next == '{' || next == '[') {
            open.append(next);
            return expect(next == '{' ? Expected.KEY_OR_END : Expected.VALUE_OR_END);
        }
        if (open.isEmpty()) {
            return State.INVALID;
        }
        if (next == '"') {
            return expect(Expected.TEXT);
        }
        if (next == '-' || (next >= '0' && next <= '9')) {
            return expect(Expected.NUMBER);
        }
        word = next == 't' ? "true" : next == 'f' ? "false" : next == 'n' ? "null" : "";
        matched = 1;
        return word.isEmpty() ? State.INVALID : expect(Expected.WORD);
    }

    private State text(char next) {
        if (next < ' ' && !lineBreaks) {
            return State.INVALID;
        }
        if (escaped) {
            escaped = false;
            return "\"\\/bfnrtu".indexOf(next) >= 0 ? State.INSIDE : State.INVALID;
        }
        if (next == '"') {
            return expect(expected == Expected.KEY_TEXT ? Expected.COLON : Expected.COMMA_OR_END);
        }
        escaped = next == '\\';
        return State.INSIDE;
    }

    private State number(char next) {
        if ((next >= '0' && next <= '9') || "+-.eE".indexOf(next) >= 0) {
            return State.INSIDE;
        }
        expected = Expected.COMMA_OR_END;
        return accept(next);
    }

    private State word(char next) {
        if (word.charAt(matched) != next) {
            return State.INVALID;
        }
        matched++;
        return matched == word.length() ? expect(Expected.COMMA_OR_END) : State.INSIDE;
    }

    private State close(char next) {
        if (next != (isInObject() ? '}' : ']')) {
            return State.INVALID;
        }
        open.setLength(open.length() - 1);
        expected = Expected.COMMA_OR_END;
        return open.isEmpty() ? State.COMPLETE : State.INSIDE;
    }

    private State expect(Expected what) {
        expected = what;
        return State.INSIDE;
    }

    private boolean isInObject() {
        return open.charAt(open.length() - 1) == '{';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
