package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.List;

/// Reads the regular expressions of `pattern` by recursive descent, as far as they are regular.
/// Used once.
///
/// Supported are anchors at the ends of the pattern or of its alternatives, classes, `\d \w \s` and
/// their opposites, `.`, groups, alternation and quantifiers; look-around, back references, word
/// boundaries, Unicode properties and flags are refused. Where regular expressions differ between
/// languages, what all of them match is taken: `\s` is the blank of ASCII, while `\S` and `.`
/// exclude every blank and line break of Unicode.
final class Patterns {
    private static final CodePoints ANY = CodePoints.ALL.characters();
    private static final CodePoints DIGITS = CodePoints.between('0', '9');
    private static final CodePoints WORD =
            DIGITS.or(CodePoints.between('a', 'z'))
                    .or(CodePoints.between('A', 'Z'))
                    .or(CodePoints.of('_'));
    private static final CodePoints BLANKS = CodePoints.in(" \t\n\u000B\f\r");
    private static final CodePoints ALL_BLANKS =
            BLANKS.or(CodePoints.in("\u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF"))
                    .or(CodePoints.between(0x2000, 0x200A));
    private static final CodePoints LINE_BREAKS = CodePoints.in("\n\r\u0085\u2028\u2029");

    private final String pattern;
    private final String path;
    private int at;
    private int nesting;

    private Patterns(String pattern, String path) {
        this.pattern = pattern;
        this.path = path;
    }

    /// Reads a pattern.
    ///
    /// @param path where it stands in the schema
    /// @return the strings that it is found in
    /// @throws Fault `INVALID` if it is not supported
    static Expression read(String pattern, String path) {
        JsonText.requireWhole(pattern, path);
        Patterns patterns = new Patterns(pattern, path);
        List<Expression> options = new ArrayList<>();
        do {
            options.add(patterns.readAnchored());
        } while (patterns.takes('|'));
        if (patterns.at < pattern.length()) {
            throw patterns.fault("a parenthesis is closed that was not opened");
        }
        return choice(options);
    }

    private Expression readAnchored() {
        List<Expression> parts = new ArrayList<>();
        if (!takes('^')) {
            parts.add(new Expression.Repeat(new Expression.Characters(ANY), 0, Expression.ENDLESS));
        }
        readSequence(parts);
        if (!takes('$')) {
            parts.add(new Expression.Repeat(new Expression.Characters(ANY), 0, Expression.ENDLESS));
        }
        if (at < pattern.length() && peek() != '|' && peek() != ')') {
            throw fault("an anchor stands in the middle");
        }
        return new Expression.Sequence(parts);
    }

    private Expression readChoice() {
        List<Expression> options = new ArrayList<>();
        do {
            List<Expression> parts = new ArrayList<>();
            readSequence(parts);
            options.add(parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts));
        } while (takes('|'));
        return choice(options);
    }

    private void readSequence(List<Expression> parts) {
        while (at < pattern.length() && peek() != '|' && peek() != ')' && peek() != '$') {
            parts.add(readQuantified());
        }
    }

    private Expression readQuantified() {
        Expression part = readAtom();
        int quantifiers = 0;
        while (at < pattern.length()) {
            int least;
            int most;
            if (takes('*')) {
                least = 0;
                most = Expression.ENDLESS;
            } else if (takes('+')) {
                least = 1;
                most = Expression.ENDLESS;
            } else if (takes('?')) {
                least = 0;
                most = 1;
            } else if (takes('{')) {
                least = readCount();
                most = least;
                if (takes(',')) {
                    most = peek() == '}' ? Expression.ENDLESS : readCount();
                }
                require('}');
            } else {
                return part;
            }
            if (most < least || quantifiers++ > 0) {
                throw fault(
                        quantifiers > 1 ? "a quantifier follows another" : "bounds are exchanged");
            }
            part = new Expression.Repeat(part, least, most);
            // A lazy quantifier matches the same texts; a possessive one does not.
            takes('?');
        }
        return part;
    }

    private int readCount() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        String digits = pattern.substring(start, at);
        if (digits.isEmpty()
                || digits.length() > 9
                || Integer.parseInt(digits) > Limits.REPETITIONS) {
            throw fault("a quantifier needs numbers up to " + Limits.REPETITIONS);
        }
        return Integer.parseInt(digits);
    }

    private Expression readAtom() {
        int start = at;
        int next = pattern.codePointAt(at);
        at += Character.charCount(next);
        return switch (next) {
            case '(' -> readGroup();
            case '[' -> new Expression.Characters(readClass());
            case '.' -> new Expression.Characters(ANY.minus(LINE_BREAKS));
            case '\\' -> new Expression.Characters(readEscape(false));
            case '^' -> throw faultAt(start, "an anchor stands in the middle");
            case '*', '+', '?', '{' -> throw faultAt(start, "nothing stands before a quantifier");
            default -> new Expression.Characters(CodePoints.of(next));
        };
    }

    private Expression readGroup() {
        int start = at - 1;
        if (takes('?')) {
            boolean named =
                    peek() == '<'
                            && at + 1 < pattern.length()
                            && "=!".indexOf(pattern.charAt(at + 1)) < 0;
            if (named) {
                int end = pattern.indexOf('>', at);
                if (end < 0) {
                    throw faultAt(start, "the name of a group is not closed");
                }
                at = end + 1;
            } else if (!takes(':')) {
                throw faultAt(start, "look-around and flags are not supported");
            }
        }
        nesting++;
        if (nesting > Limits.NESTING / 4) {
            throw faultAt(start, "more than %d levels".formatted(Limits.NESTING / 4));
        }
        Expression inner = readChoice();
        require(')');
        nesting--;
        return inner;
    }

    private CodePoints readClass() {
        int start = at - 1;
        boolean negated = takes('^');
        CodePoints set = CodePoints.NONE;
        while (!takes(']')) {
            if (at == pattern.length()) {
                throw faultAt(start, "the class is not closed");
            }
            int begin = at;
            CodePoints first = readMember(negated);
            boolean ranges =
                    peek() == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
            if (ranges) {
                at++;
                CodePoints last = readMember(negated);
                first = between(first, last, begin);
            }
            set = set.or(first);
        }
        CodePoints all = (negated ? set.not() : set).characters();
        if (all.isEmpty()) {
            throw faultAt(start, "the class is empty");
        }
        return all;
    }

    private CodePoints readMember(boolean negated) {
        int next = pattern.codePointAt(at);
        at += Character.charCount(next);
        // Some languages take brackets and && inside of classes for sets.
        if (next == '[' || (next == '&' && peek() == '&')) {
            throw faultAt(at - 1, "sets inside of a class are not supported; escape the character");
        }
        return next == '\\' ? readEscape(negated) : CodePoints.of(next);
    }

    private CodePoints between(CodePoints first, CodePoints last, int begin) {
        int from = single(first, begin);
        int to = single(last, begin);
        if (to < from) {
            throw faultAt(begin, "a range ends before it begins");
        }
        return CodePoints.between(from, to);
    }

    private int single(CodePoints set, int begin) {
        int[] only = {-1};
        set.forEach((first, last) -> only[0] = only[0] < 0 && first == last ? first : -2);
        if (only[0] < 0) {
            throw faultAt(begin, "a class cannot be the end of a range");
        }
        return only[0];
    }

    /// @param negated whether the characters are going to be excluded
    private CodePoints readEscape(boolean negated) {
        int start = at - 1;
        if (at == pattern.length()) {
            throw faultAt(start, "the escape is not finished");
        }
        int kind = pattern.codePointAt(at);
        at += Character.charCount(kind);
        return switch (kind) {
            case 'd' -> DIGITS;
            case 'D' -> DIGITS.not().characters();
            case 'w' -> WORD;
            case 'W' -> WORD.not().characters();
            case 's' -> negated ? ALL_BLANKS : BLANKS;
            case 'S' -> (negated ? BLANKS : ALL_BLANKS).not().characters();
            case 't' -> CodePoints.of('\t');
            case 'n' -> CodePoints.of('\n');
            case 'r' -> CodePoints.of('\r');
            case 'f' -> CodePoints.of('\f');
            case 'x' -> CodePoints.of(readHex(start, 2));
            case 'u' -> CodePoints.of(readUnicode(start));
            default -> {
                if (kind < 0x80 && Character.isLetterOrDigit(kind)) {
                    throw faultAt(
                            start,
                            "\\%c is not supported (back references, boundaries and properties are"
                                            .formatted(kind)
                                    + " not)");
                }
                yield CodePoints.of(kind);
            }
        };
    }

    private int readUnicode(int start) {
        int unit = readHex(start, 4);
        if (Character.isHighSurrogate((char) unit) && pattern.startsWith("\\u", at)) {
            at += 2;
            int low = readHex(start, 4);
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) unit, (char) low);
            }
        }
        if (Character.isSurrogate((char) unit)) {
            throw faultAt(start, "a surrogate stands alone");
        }
        return unit;
    }

    private int readHex(int start, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw faultAt(start, "the escape needs %d hexadecimal digits".formatted(digits));
            }
            value = 16 * value + digit;
            at++;
        }
        return value;
    }

    private boolean takes(char character) {
        boolean taken = at < pattern.length() && peek() == character;
        at += taken ? 1 : 0;
        return taken;
    }

    private void require(char character) {
        if (!takes(character)) {
            throw fault("%c is missing".formatted(character));
        }
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : 0;
    }

    private Fault fault(String what) {
        return faultAt(at, what);
    }

    private Fault faultAt(int offset, String what) {
        return Refusal.at(
                path,
                "character %d of the pattern %s: %s; write it differently."
                        .formatted(pattern.codePointCount(0, offset) + 1, pattern, what));
    }

    private static Expression choice(List<Expression> options) {
        return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
    }
}
