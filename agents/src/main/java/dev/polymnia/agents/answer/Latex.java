package dev.polymnia.agents.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the LaTeX that models put into answers as plain text: `\frac{1}{2}` as `1/2`, and root
/// signs as `sqrt`.
final class Latex {
    /// Nested commands are taken apart from the inside; deeper ones are not somebody's answer.
    private static final int DEPTH = 6;

    private static final Pattern MATH = Pattern.compile("\\\\[()\\[\\]]");
    private static final Pattern DOLLARS = Pattern.compile("\\$\\$|\\$([^$]{1,200})\\$(?!\\d)");
    private static final Pattern SPACE =
            Pattern.compile("\\\\[,;:! ]|~|\\\\q?quad\\b|(?<=\\d)\\{,\\}");
    private static final Pattern SIZE =
            Pattern.compile("\\\\(?:left|right|displaystyle|[bB]igg?[lr]?)(?![a-z])");
    private static final Pattern FRACTION =
            Pattern.compile("\\\\[cdt]?frac\\s*\\{([^{}]*)\\}\\s*\\{([^{}]*)\\}");
    private static final Pattern SHORT_FRACTION =
            Pattern.compile("\\\\[cdt]?frac\\s*(\\d)\\s*(\\d)");
    private static final Pattern ROOT = Pattern.compile("\\\\sqrt\\s*\\{([^{}]*)\\}");
    private static final Pattern SHORT_ROOT = Pattern.compile("\\\\sqrt\\s*(\\d|[a-z])");
    private static final Pattern HIGHER_ROOT =
            Pattern.compile("\\\\sqrt\\s*\\[([^\\[\\]{}]{1,9})\\]\\s*\\{([^{}]*)\\}");
    private static final Pattern SIGN =
            Pattern.compile("√ ?(?:(\\d+(?:\\.\\d+)?|[a-z](?![a-z]))|(?=\\())");
    private static final Pattern WRAPPER =
            Pattern.compile(
                    "\\\\(?:boxed|fbox|text|textbf|textit|mathrm|mathbf|mathit|operatorname|mbox"
                            + "|emph|underline)\\s*\\{([^{}]*)\\}");
    private static final Pattern GROUP = Pattern.compile("([\\^_])\\{([^{}]*)\\}");
    private static final Pattern DEGREE =
            Pattern.compile("\\^\\s*\\{?\\\\circ\\}?|\\\\degree(?![a-z])");

    /// `3`, `\pi`, `sqrt(3)`: needs no brackets in a fraction; `2\pi` needs none above the line.
    private static final String FACTOR = "\\\\?[a-zA-Z]+(?:\\([^()]*\\))?";

    private static final Pattern BELOW = Pattern.compile("\\d+(?:\\.\\d+)?|" + FACTOR);
    private static final Pattern ABOVE =
            Pattern.compile("\\d+(?:\\.\\d+)?(?:" + FACTOR + ")?|" + FACTOR);
    private static final Pattern NEGATIVE =
            Pattern.compile("^\\s*\\(\\s*-\\s*([\\d.]+)\\s*\\)\\s*/\\s*(\\d+)\\s*$");

    private Latex() {}

    /// Returns the text without the LaTeX that is known here; other commands stay.
    static String plain(String text) {
        String plain = text;
        if (text.indexOf('\\') >= 0 || text.contains("^{")) {
            plain = commands(text);
        }
        if (plain.indexOf('√') >= 0) {
            plain =
                    SIGN.matcher(plain)
                            .replaceAll(match ->
                                    match.group(1) == null
                                            ? "sqrt"
                                            : "sqrt(" + match.group(1) + ")");
        }
        if (plain.indexOf('$') >= 0) {
            plain = DOLLARS.matcher(plain).replaceAll(Latex::unwrapMath);
        }
        plain = NEGATIVE.matcher(plain).replaceFirst("-$1/$2");
        return plain.replace("{,}", ",").replace('\u0001', '$');
    }

    /// Two dollar signs around something that is not two amounts of money.
    private static String unwrapMath(java.util.regex.MatchResult match) {
        String inside = match.group(1);
        if (inside == null) {
            return " ";
        }
        boolean amounts = inside.matches("[\\d.,]+ ?(?:-|to|and|or|,) ?");
        return Matcher.quoteReplacement(amounts ? match.group() : inside);
    }

    private static String commands(String text) {
        String plain = MATH.matcher(text).replaceAll(" ");
        // An escaped dollar is money, not mathematics; it is put back at the end.
        plain = plain.replace("\\$", "\u0001").replace("\\%", "%").replace("\\#", "#");
        plain = SPACE.matcher(plain).replaceAll(match -> space(match.group()));
        plain = SIZE.matcher(plain).replaceAll("");
        plain = DEGREE.matcher(plain).replaceAll("°");
        for (int i = 0; i < DEPTH; i++) {
            String before = plain;
            plain = once(plain);
            if (plain.equals(before)) {
                break;
            }
        }
        return plain.replaceAll("\\\\(?:times|cdot|ast)(?![a-z])", "*")
                .replaceAll("\\\\div(?![a-z])", "/")
                .replaceAll("\\\\pi(?![a-z])", "pi")
                .replaceAll("\\\\infty(?![a-z])", "infinity")
                .replaceAll("\\\\approx(?![a-z])", "~")
                .replaceAll("\\\\(?:dollar|textdollar)(?![a-z])", Matcher.quoteReplacement("$"))
                .replaceAll("\\\\pm(?![a-z])", "±")
                .replaceAll("\\\\leq?(?:slant)?(?![a-z])", "<=")
                .replaceAll("\\\\geq?(?:slant)?(?![a-z])", ">=")
                .replaceAll("\\\\lt(?![a-z])", "<")
                .replaceAll("\\\\gt(?![a-z])", ">")
                .replaceAll("\\\\cup(?![a-z])", " ∪ ")
                .replaceAll("\\\\in(?![a-z])", "∈")
                .replaceAll("\\\\(?:emptyset|varnothing)(?![a-z])", "{}")
                .replaceAll("(?<=[a-z]) \\^(?=[23])", "^")
                .replace("\\{", "{")
                .replace("\\}", "}");
    }

    private static String space(String command) {
        return switch (command) {
            case "\\!" -> "";
            case "{,}" -> ",";
            default -> " ";
        };
    }

    private static String once(String text) {
        String plain =
                WRAPPER.matcher(text).replaceAll(match -> quoted(" " + match.group(1) + " "));
        plain = GROUP.matcher(plain).replaceAll(match -> quoted(match.group(1) + match.group(2)));
        plain =
                HIGHER_ROOT
                        .matcher(plain)
                        .replaceAll(match ->
                                quoted("root" + match.group(1) + "(" + match.group(2) + ")"));
        plain = SHORT_ROOT.matcher(plain).replaceAll("sqrt($1)");
        plain = ROOT.matcher(plain).replaceAll(match -> quoted("sqrt(" + match.group(1) + ")"));
        plain = SHORT_FRACTION.matcher(plain).replaceAll(" $1/$2 ");
        return FRACTION.matcher(plain)
                .replaceAll(match ->
                        quoted(
                                " "
                                        + part(ABOVE, match.group(1))
                                        + "/"
                                        + part(BELOW, match.group(2))
                                        + " "));
    }

    private static String part(Pattern simple, String text) {
        String part = text.strip();
        return simple.matcher(part).matches() || part.length() == 1 ? part : "(" + part + ")";
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }
}
