package dev.polymnia.models.template;

import dev.polymnia.models.template.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Cuts a template into tokens, with the whitespace control of Jinja and both `trim_blocks` and
/// `lstrip_blocks` on. What is inside a tag is left to [TagLexer].
final class Lexer {
    private static final char NO_SIGN = ' ';

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int position;

    private Lexer(Source source) {
        this.source = source.text();
    }

    static List<Token> tokens(Source source) {
        Lexer lexer = new Lexer(source);
        try {
            lexer.run();
        } catch (Problem problem) {
            throw source.fault(problem, lexer.position);
        }
        return lexer.tokens;
    }

    private void run() {
        while (position < source.length()) {
            int tag = nextTag();
            if (tag < 0) {
                data(position, source.length());
                position = source.length();
            } else {
                tag(tag);
            }
        }
        tokens.add(new Token(Kind.END, "", source.length()));
    }

    private int nextTag() {
        for (int at = source.indexOf('{', position); at >= 0; at = source.indexOf('{', at + 1)) {
            if (source.startsWith("{{", at)
                    || source.startsWith("{%", at)
                    || source.startsWith("{#", at)) {
                return at;
            }
        }
        return -1;
    }

    private void tag(int tag) {
        char sign = sign(tag + 2);
        boolean variable = source.charAt(tag + 1) == '{';
        data(position, keptUntil(position, tag, sign, variable));
        int inside = sign == NO_SIGN ? tag + 2 : tag + 3;
        int rawBody = keyword(inside, "raw", false);
        position = inside;
        if (source.charAt(tag + 1) == '#') {
            comment();
        } else if (variable) {
            tokens.add(new Token(Kind.VARIABLE_BEGIN, "", tag));
            expression(Kind.VARIABLE_END);
        } else if (rawBody >= 0) {
            raw(tag, rawBody);
        } else {
            tokens.add(new Token(Kind.BLOCK_BEGIN, "", tag));
            expression(Kind.BLOCK_END);
        }
    }

    private char sign(int at) {
        boolean signed = at < source.length() && "-+".indexOf(source.charAt(at)) >= 0;
        return signed ? source.charAt(at) : NO_SIGN;
    }

    private int keptUntil(int from, int tag, char sign, boolean variable) {
        if (sign == '-') {
            int end = tag;
            while (end > from && Text.isSpace(source.charAt(end - 1))) {
                end--;
            }
            return end;
        }
        if (sign == '+' || variable) {
            return tag;
        }
        int end = tag;
        while (end > from
                && Text.isSpace(source.charAt(end - 1))
                && source.charAt(end - 1) != '\n') {
            end--;
        }
        boolean lineStarts = end == 0 || source.charAt(end - 1) == '\n';
        return lineStarts ? end : tag;
    }

    private void data(int from, int to) {
        if (from < to) {
            tokens.add(new Token(Kind.DATA, source.substring(from, to), from));
        }
    }

    private void comment() {
        int end = source.indexOf("#}", position);
        if (end < 0) {
            throw Problem.syntax("a comment is not closed");
        }
        char before = end > position ? source.charAt(end - 1) : NO_SIGN;
        position = afterTag(end + 2, before, true);
    }

    /// Returns where the text goes on behind the closing characters of a tag.
    private int afterTag(int end, char sign, boolean trims) {
        if (sign == '-') {
            return skipSpace(end);
        }
        boolean newline = end < source.length() && source.charAt(end) == '\n';
        return trims && sign != '+' && newline ? end + 1 : end;
    }

    private int skipSpace(int at) {
        int end = at;
        while (end < source.length() && Text.isSpace(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private void raw(int tag, int body) {
        for (int at = source.indexOf("{%", body); at >= 0; at = source.indexOf("{%", at + 2)) {
            char sign = sign(at + 2);
            int after = keyword(sign == NO_SIGN ? at + 2 : at + 3, "endraw", true);
            if (after >= 0) {
                data(body, keptUntil(body, at, sign, false));
                position = after;
                return;
            }
        }
        position = tag;
        throw Problem.syntax("a raw block is not closed");
    }

    /// Returns where the text goes on if the tag holds nothing but the keyword, and -1 otherwise.
    private int keyword(int inside, String keyword, boolean trims) {
        int at = skipSpace(inside);
        if (!source.startsWith(keyword, at)) {
            return -1;
        }
        int end = skipSpace(at + keyword.length());
        char sign = sign(end);
        int close = sign == NO_SIGN ? end : end + 1;
        if (!source.startsWith("%}", close) || (sign == '+' && !trims)) {
            return -1;
        }
        return afterTag(close + 2, sign, trims);
    }

    private void expression(Kind end) {
        open.clear();
        TagLexer lexer = new TagLexer(source, position);
        while (!atEnd(end)) {
            Token token = lexer.next(position);
            position = lexer.position();
            if (token.kind() == Kind.END) {
                return;
            }
            balance(token);
            tokens.add(token);
        }
    }

    /// Closing characters count only outside of brackets: `{{ {'a': {}}}}` ends at its last two.
    private boolean atEnd(Kind end) {
        position = skipSpace(position);
        if (!open.isEmpty()) {
            return false;
        }
        boolean block = end == Kind.BLOCK_END;
        char sign = sign(position);
        int close = sign == NO_SIGN || (sign == '+' && !block) ? position : position + 1;
        if (!source.startsWith(end.title(), close)) {
            return false;
        }
        tokens.add(new Token(end, "", position));
        position = afterTag(close + 2, close == position ? NO_SIGN : sign, block);
        return true;
    }

    private void balance(Token token) {
        if (token.kind() != Kind.OPERATOR) {
            return;
        }
        switch (token.text()) {
            case "(" -> open.push(')');
            case "[" -> open.push(']');
            case "{" -> open.push('}');
            case ")", "]", "}" -> {
                if (open.isEmpty() || open.pop() != token.text().charAt(0)) {
                    position = token.at();
                    throw Problem.syntax("a stray '" + token.text() + "'");
                }
            }
            default -> {}
        }
    }
}
