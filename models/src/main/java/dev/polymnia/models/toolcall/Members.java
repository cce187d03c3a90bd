package dev.polymnia.models.toolcall;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The members of a JSON object whose text may be damaged, each value as it was written. What
/// cannot be a member is passed over; a value that does not end reaches to the end of the text.
final class Members {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private boolean more;

    private Members(String text) {
        this.text = text;
    }

    static Members of(String object) {
        Members members = new Members(object);
        members.read();
        return members;
    }

    /// Returns the members in their order; of several with one name the first.
    Map<String, String> values() {
        return values;
    }

    /// Returns whether something was passed over that is neither a member nor a bracket too many.
    boolean hasMore() {
        return more;
    }

    /// Returns the text that a JSON string stands for, or what is written, without the quotes.
    static String text(String written) {
        if (!written.startsWith("\"")) {
            return written.strip();
        }
        try {
            return JSON.readValue(written, String.class);
        } catch (JacksonException e) {
            int end = written.length() > 1 && written.endsWith("\"") ? 1 : 0;
            return written.substring(1, written.length() - end);
        }
    }

    private void read() {
        // Small models double the bracket because templates with a slip of the pen show it so.
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '{' || isSpace(at))) {
            at++;
        }
        while (at < text.length() && text.charAt(at) != '}') {
            if (text.charAt(at) == '"') {
                at = member(at);
            } else {
                pass(at);
                at++;
            }
        }
        while (at < text.length()) {
            pass(at);
            at++;
        }
    }

    private void pass(int at) {
        more = more || !(isSpace(at) || ",}]`".indexOf(text.charAt(at)) >= 0);
    }

    /// Reads a member and returns where it ends.
    private int member(int begin) {
        int end = endOfString(begin);
        int at = afterSpace(end);
        if (at == text.length() || text.charAt(at) != ':') {
            more = true;
            return end;
        }
        at = afterSpace(at + 1);
        int valueEnd = endOfValue(at);
        values.putIfAbsent(
                text(text.substring(begin, end)), text.substring(at, valueEnd).stripTrailing());
        return valueEnd;
    }

    private int endOfValue(int begin) {
        if (begin == text.length()) {
            return begin;
        }
        return switch (text.charAt(begin)) {
            case '"' -> endOfString(begin);
            case '{', '[' -> endOfBrackets(begin);
            default -> endOfWord(begin);
        };
    }

    private int endOfString(int begin) {
        for (int at = begin + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                return at + 1;
            }
        }
        return text.length();
    }

    private int endOfBrackets(int begin) {
        int depth = 0;
        int at = begin;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = endOfString(at);
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return at + 1;
            }
            at++;
        }
        return text.length();
    }

    private int endOfWord(int begin) {
        int at = begin;
        while (at < text.length() && ",}]\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private int afterSpace(int begin) {
        int at = begin;
        while (at < text.length() && isSpace(at)) {
            at++;
        }
        return at;
    }

    private boolean isSpace(int at) {
        return Character.isWhitespace(text.charAt(at));
    }
}
