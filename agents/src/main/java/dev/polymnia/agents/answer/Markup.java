package dev.polymnia.agents.answer;

import java.text.Normalizer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes the wrapping off an answer: Markdown emphasis, code, tags, quotes, odd Unicode.
final class Markup {
    private static final Pattern TAG =
            Pattern.compile(
                    "</?(?:result|answer|b|strong|i|em|code|p|span|br) ?/?>",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern OPENING = Pattern.compile("(?<![^\\s(\\[{])[*_]{1,3}(?=[^\\s*_])");
    private static final Pattern CLOSING = Pattern.compile("(?<=[^\\s*_])[*_]{1,3}(?![\\w*_])");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
    private static final String PLAIN = "0123456789-+";
    private static final Pattern SUPERSCRIPTS = Pattern.compile("[" + RAISED + "]+");
    private static final String MARKS = "*_`\"'#>|~ ";
    private static final String ENDINGS = "*_`\"'|~.;,!: ";

    private Markup() {}

    /// Returns one line without wrapping. The meaning of the words is not touched.
    ///
    /// @param raw a short text
    static String strip(String raw) {
        String text = unify(raw);
        text = TAG.matcher(text).replaceAll(" ");
        text = Latex.plain(text);
        text = OPENING.matcher(text).replaceAll("");
        text = CLOSING.matcher(text).replaceAll("");
        text = BLANKS.matcher(text).replaceAll(" ");
        return peel(text);
    }

    /// Takes off, as often as there is something, what stands around the whole.
    private static String peel(String text) {
        int from = 0;
        int to = text.length();
        while (from < to) {
            char first = text.charAt(from);
            char last = text.charAt(to - 1);
            if (isPair(first, last)
                    && to - from > 2
                    && !holds(text, from + 1, to - 1, first, last)) {
                from++;
                to--;
            } else if (MARKS.indexOf(first) >= 0 && !isAtLeast(text, from)) {
                from++;
            } else if (ENDINGS.indexOf(last) >= 0) {
                to--;
            } else {
                break;
            }
        }
        return text.substring(from, to);
    }

    private static boolean isAtLeast(String text, int at) {
        return text.startsWith(">=", at);
    }

    private static boolean isPair(char first, char last) {
        return (first == '<' && last == '>') || (first == '$' && last == '$');
    }

    private static boolean holds(String text, int from, int to, char one, char other) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) {
                return true;
            }
        }
        return false;
    }

    /// Maps characters that look alike to one of them.
    private static String unify(String raw) {
        String composed = Normalizer.normalize(raw, Normalizer.Form.NFC);
        String text = SUPERSCRIPTS.matcher(composed).replaceAll(Markup::power);
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(plain, point));
        return plain.toString();
    }

    private static String power(MatchResult superscripts) {
        StringBuilder power = new StringBuilder("^");
        superscripts.group().chars().forEach(c -> power.append(PLAIN.charAt(RAISED.indexOf(c))));
        return power.toString();
    }

    private static void append(StringBuilder plain, int point) {
        switch (point) {
            case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xFE63, 0xFF0D ->
                    plain.append('-');
            case 0x2018, 0x2019, 0x201B, 0x02BC, 0x2032 -> plain.append('\'');
            case 0x201C, 0x201D, 0x201E, 0x00AB, 0x00BB, 0x2033 -> plain.append('"');
            case 0x00D7, 0x22C5, 0x00B7 -> plain.append('*');
            case 0x00F7, 0x2044, 0x2215 -> plain.append('/');
            case 0x00BC -> plain.append(" 1/4");
            case 0x00BD -> plain.append(" 1/2");
            case 0x00BE -> plain.append(" 3/4");
            case 0x2153 -> plain.append(" 1/3");
            case 0x2154 -> plain.append(" 2/3");
            case 0x03C0 -> plain.append("pi");
            case 0x221E -> plain.append("infinity");
            case 0x2248, 0x2243 -> plain.append('~');
            case 0x2264, 0x2A7D -> plain.append("<=");
            case 0x2265, 0x2A7E -> plain.append(">=");
            case 0x222A -> plain.append(" ∪ ");
            case 0x2205 -> plain.append("{}");
            default -> appendOther(plain, point);
        }
    }

    private static void appendOther(StringBuilder plain, int point) {
        boolean fullWidth = point >= 0xFF01 && point <= 0xFF5E;
        if (fullWidth) {
            plain.append((char) (point - 0xFF01 + '!'));
        } else if (Character.isSpaceChar(point) || Character.isWhitespace(point)) {
            plain.append(point == '\n' ? '\n' : ' ');
        } else if (Character.getType(point) != Character.FORMAT
                && Character.getType(point) != Character.CONTROL
                && Character.getType(point) != Character.SURROGATE) {
            plain.appendCodePoint(point);
        }
    }
}
