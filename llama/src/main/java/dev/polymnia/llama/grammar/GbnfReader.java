package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads GBNF, llama.cpp's notation for grammars, by recursive descent. Used once.
///
/// A rule ends with its line, except after `::=`, after `|` and inside parentheses. References to
/// tokens (`<think>`, `<[1000]>`) are refused: a grammar here is about text, and the same text may
/// be cut into tokens in several ways.
final class GbnfReader {
    private final Source source;
    private final String text;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private int at;
    private int nesting;

    GbnfReader(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /// Reads all rules, in the order of the text.
    ///
    /// @throws Fault `INVALID` if the text is not GBNF or exceeds the [Limits]
    Map<String, Rule> read() {
        skipBlanks(true);
        while (at < text.length()) {
            readRule();
            skipBlanks(true);
        }
        return rules;
    }

    private void readRule() {
        int start = at;
        String name = readName();
        skipBlanks(false);
        if (!text.startsWith("::=", at)) {
            throw fault(at, "expected ::= after the name of the rule %s".formatted(name));
        }
        at += 3;
        skipBlanks(true);
        Rule rule = new Rule(name, readChoice(), start);
        if (at < text.length() && peek() != '\n') {
            throw fault(at, "expected the end of the line, not %s".formatted(shown()));
        }
        if (rules.putIfAbsent(name, rule) != null) {
            throw fault(start, "the rule %s is defined twice; remove one".formatted(name));
        }
        if (rules.size() > Limits.RULES) {
            throw fault(start, "more than %d rules; use fewer".formatted(Limits.RULES));
        }
    }

    private Expression readChoice() {
        List<Expression> options = new ArrayList<>();
        options.add(readSequence());
        while (peek() == '|') {
            if (options.size() == Limits.ALTERNATIVES) {
                throw fault(
                        at, "more than %d alternatives; use fewer".formatted(Limits.ALTERNATIVES));
            }
            at++;
            skipBlanks(true);
            options.add(readSequence());
        }
        return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
    }

    private Expression readSequence() {
        List<Expression> parts = new ArrayList<>();
        while (true) {
            Expression part = readRepeated();
            if (part == null) {
                return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
            }
            parts.add(part);
        }
    }

    private @Nullable Expression readRepeated() {
        Expression part = readItem();
        if (part == null) {
            return null;
        }
        skipBlanks(nesting > 0);
        int operators = 0;
        while (isOperator(peek())) {
            operators++;
            if (operators > 1 && nesting + operators > Limits.NESTING) {
                throw tooNested(at);
            }
            part = readOperator(part);
            skipBlanks(nesting > 0);
        }
        return part;
    }

    private @Nullable Expression readItem() {
        int start = at;
        char next = peek();
        return switch (next) {
            case '"' -> readLiteral();
            case '[' -> readClass();
            case '(' -> readGroup();
            case '.' -> {
                at++;
                yield new Expression.Characters(CodePoints.ALL.characters());
            }
            case '<', '!' ->
                    throw fault(
                            start,
                            "references to tokens are not supported; write the text as a literal");
            case '*', '+', '?', '{' ->
                    throw fault(start, "nothing stands before %s to repeat".formatted(next));
            default -> isWord(next) ? new Expression.Reference(readName(), start) : null;
        };
    }

    private Expression readGroup() {
        int start = at;
        at++;
        nesting++;
        if (nesting > Limits.NESTING) {
            throw tooNested(start);
        }
        skipBlanks(true);
        Expression inner = readChoice();
        if (peek() != ')') {
            throw at == text.length()
                    ? fault(start, "the parenthesis is not closed; add )")
                    : fault(at, "expected ) or more of the group, not %s".formatted(shown()));
        }
        at++;
        nesting--;
        return inner;
    }

    private Expression readLiteral() {
        int start = at;
        at++;
        StringBuilder literal = new StringBuilder();
        while (peek() != '"') {
            if (at == text.length()) {
                throw fault(start, "the literal is not closed; add \"");
            }
            literal.appendCodePoint(readCharacter());
        }
        at++;
        return new Expression.Literal(literal.toString());
    }

    private Expression readClass() {
        int start = at;
        at++;
        boolean negated = peek() == '^';
        if (negated) {
            at++;
        }
        CodePoints set = CodePoints.NONE;
        while (peek() != ']') {
            if (at == text.length()) {
                throw fault(start, "the character class is not closed; add ]");
            }
            set = set.or(readRange(start));
        }
        at++;
        if (set.isEmpty()) {
            throw fault(start, "the character class is empty; name a character, or write .");
        }
        CodePoints characters = (negated ? set.not() : set).characters();
        if (characters.isEmpty()) {
            throw fault(start, "the character class excludes every character");
        }
        return new Expression.Characters(characters);
    }

    private CodePoints readRange(int opened) {
        int start = at;
        int first = readCharacter();
        if (peek() != '-' || at + 1 == text.length() || text.charAt(at + 1) == ']') {
            return CodePoints.of(first);
        }
        at++;
        if (at == text.length()) {
            throw fault(opened, "the character class is not closed; add ]");
        }
        int last = readCharacter();
        if (last < first) {
            throw fault(start, "the range ends before it begins; exchange its ends");
        }
        return CodePoints.between(first, last);
    }

    private int readCharacter() {
        int start = at;
        int character = text.codePointAt(at);
        if (character != '\\') {
            at += Character.charCount(character);
            return whole(character, start);
        }
        at++;
        char kind = peek();
        at++;
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '[', ']' -> kind;
            case 'x' -> readHex(start, 2);
            case 'u' -> readHex(start, 4);
            case 'U' -> readHex(start, 8);
            default ->
                    throw fault(
                            start,
                            "unknown escape; there are \\n \\r \\t \\\\ \\\" \\[ \\] \\x00 \\u0000"
                                    + " \\U00000000");
        };
    }

    private int readHex(int start, int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw fault(start, "the escape needs %d hexadecimal digits".formatted(digits));
            }
            value = 16 * value + digit;
            at++;
        }
        if (value > CodePoints.LAST) {
            throw fault(start, "there is no code point above U+10FFFF");
        }
        return whole((int) value, start);
    }

    private int whole(int character, int start) {
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            throw fault(start, "a surrogate is not a character; write the code point itself");
        }
        return character;
    }

    private Expression readOperator(Expression body) {
        int start = at;
        char operator = peek();
        at++;
        return switch (operator) {
            case '*' -> new Expression.Repeat(body, 0, Expression.ENDLESS);
            case '+' -> new Expression.Repeat(body, 1, Expression.ENDLESS);
            case '?' -> new Expression.Repeat(body, 0, 1);
            default -> readCounts(body, start);
        };
    }

    private Expression readCounts(Expression body, int start) {
        skipBlanks(nesting > 0);
        int least = readCount();
        int most = least;
        if (peek() == ',') {
            at++;
            skipBlanks(nesting > 0);
            most = peek() == '}' ? Expression.ENDLESS : readCount();
        }
        if (peek() != '}') {
            throw fault(at, "expected } after the repetition, not %s".formatted(shown()));
        }
        at++;
        if (most < least) {
            throw fault(start, "{%d,%d} has its bounds in the wrong order".formatted(least, most));
        }
        return new Expression.Repeat(body, least, most);
    }

    private int readCount() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw fault(start, "expected a number of repetitions, not %s".formatted(shown()));
        }
        String digits = text.substring(start, at);
        if (digits.length() > 9 || Integer.parseInt(digits) > Limits.REPETITIONS) {
            throw fault(
                    start, "%s repetitions are more than %d".formatted(digits, Limits.REPETITIONS));
        }
        skipBlanks(nesting > 0);
        return Integer.parseInt(digits);
    }

    private String readName() {
        int start = at;
        while (isWord(peek())) {
            at++;
        }
        if (at == start) {
            throw fault(start, "expected the name of a rule, not %s".formatted(shown()));
        }
        return text.substring(start, at);
    }

    private void skipBlanks(boolean lines) {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (next == ' ' || next == '\t' || next == '\r' || (lines && next == '\n')) {
                at++;
            } else {
                return;
            }
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private String shown() {
        if (at == text.length()) {
            return "the end of the grammar";
        }
        return peek() == '\n' ? "the end of the line" : Character.toString(text.codePointAt(at));
    }

    private Fault tooNested(int offset) {
        return fault(
                offset,
                "more than %d levels of nesting; move some into rules".formatted(Limits.NESTING));
    }

    private Fault fault(int offset, String what) {
        return source.fault(Math.min(offset, text.length()), what + ".");
    }

    private static boolean isOperator(char character) {
        return character == '*' || character == '+' || character == '?' || character == '{';
    }

    private static boolean isWord(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }
}
