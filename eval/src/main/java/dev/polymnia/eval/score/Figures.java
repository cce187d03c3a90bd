package dev.polymnia.eval.score;

import dev.polymnia.eval.score.Statements.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the number that an answer comes to: the last `#### x`; else the last `\boxed{x}`; else the
/// last `Answer: x` or `the answer is x`; else the last number in the text. Places without a number
/// do not count.
///
/// On ordinary outputs this is what the task gsm8k of lm-evaluation-harness (version 3) finds. Its
/// filter strict-match takes the *first* `#### (\-?[0-9\.\,]+)`; its filter flexible-extract takes
/// the last match of `(-?[$0-9.,]{2,})|(-?[0-9]+)`; both then drop commas, dollar signs, everything
/// up to `#### ` and one period at the end, and compare the *characters* with the target. Ours
/// differs, on purpose, in this:
///
/// - It compares values: `18.00`, `$18.00`, `18.0` and `36/2` are 18. The harness calls all but the
///   plain 18 wrong.
/// - There is one verdict, not one for each filter: what is stated goes before what comes last, so
///   `#### 18 (for 3 days)` and `The answer is 18 for the 3 of them.` are 18, where
///   flexible-extract has 3.
/// - Of several `####` the last counts, not the first, as a model that corrects itself means the
///   last. `#### $18`, `#### **18**` and `####18` count; a heading such as `#### 1. The cost` does
///   not.
/// - A hyphen behind a letter, a digit or a bracket is no minus (`10-12` ends in 12, not in -12),
///   and U+2212 is one. Runs of dots and commas are no number (the harness takes `...` for one).
/// - `1/2` is one half, `1e3` a thousand, `1 234` behind a marker and `1'234` are 1234; the harness
///   takes what follows the last of these marks. As there, commas are always separators of
///   thousands: `3,50` is 350.
/// - Units, percent signs and currencies are ignored: `12 %` is 12, as there.
final class Figures {
    private static final String BODY =
            "(?:[0-9]++(?:,[0-9]++)*+(?:\\.[0-9]++)?+|(?<![.A-Za-z])\\.[0-9]++)";

    private static final Pattern NUMBER =
            Pattern.compile(
                    "((?<![0-9A-Za-z)\\]}])-)?+(?:[$€£¥₹]\\s?+(-)?+)?+("
                            + BODY
                            + "(?:[eE][-+]?[0-9]{1,3}+(?![0-9A-Za-z]))?+"
                            + "(?:(?<!/[0-9.,]{1,20})/[0-9]++(?:\\.[0-9]++)?+(?!/))?+)");
    private static final Pattern MIXED =
            Pattern.compile("(-?)([0-9]{1,9}+) ([0-9]{1,9}+/[0-9]{1,9}+)(?![/0-9])");
    private static final Pattern DECORATION = Pattern.compile("[*_`\"'(\\[{~≈: ]*+");

    private static final Pattern HASHES = Pattern.compile("(?<!#)####(?!#)[ \\t]*+");
    private static final Pattern HEADING = Pattern.compile("[.:)][*_]{0,3}+\\s++\\p{L}");

    private static final Pattern FRACTION =
            Pattern.compile("\\\\[dt]?frac\\s?\\{([^{}]{1,40}+)}\\s?\\{([^{}]{1,40}+)}");
    private static final Pattern COMMAND =
            Pattern.compile("\\\\(?:text|mathrm|mathbf|textbf)\\s?\\{");
    private static final Pattern THIN_SPACE =
            Pattern.compile(
                    "(?<=[0-9])(?:\\\\[,!;"
                            + " ]|[\\u00a0\\u2009\\u202f'\\u2019])(?=[0-9]{3}(?![0-9]))");
    private static final Pattern SPACE =
            Pattern.compile("(?<=(?<![0-9.,])[0-9]{1,3}) (?=[0-9]{3}(?![0-9\\-]))");
    private static final Pattern SLASH = Pattern.compile("(?<=[0-9]) ?/ ?(?=[0-9])");

    private static final Map<Character, String> VULGAR =
            Map.of('½', " 1/2", '¼', " 1/4", '¾', " 3/4", '⅓', " 1/3", '⅔', " 2/3", '⅛', " 1/8");

    private Figures() {}

    /// A number in a text.
    ///
    /// @param figure its value
    /// @param end where it ends
    private record Found(Figure figure, int end) {}

    /// Reads an answer.
    ///
    /// @return the number it comes to, or empty if it has none
    static Optional<Figure> read(String answer) {
        return lastOf(Statements.after(HASHES, answer), Figures::hashed)
                .or(() -> lastOf(Statements.boxed(answer), Figures::stated))
                .or(() -> lastOf(Statements.marked(answer), Figures::stated))
                .or(() -> last(plain(answer)));
    }

    private static Optional<Figure> lastOf(
            List<Statement> statements, Function<String, Optional<Figure>> reader) {
        return statements.reversed().stream()
                .map(statement -> reader.apply(statement.text()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Reads what follows `####`: it begins with a number and is not a heading that begins with
    /// one.
    private static Optional<Figure> hashed(String statement) {
        String text = unified(statement);
        return leading(text)
                .filter(found -> !HEADING.matcher(text.substring(found.end())).lookingAt())
                .flatMap(_ -> stated(statement));
    }

    /// Reads a statement: what follows its last equals sign; else the number it begins with; else
    /// its last number.
    private static Optional<Figure> stated(String statement) {
        String text = unified(statement);
        String result = text.substring(Math.max(text.lastIndexOf('='), text.lastIndexOf('≈')) + 1);
        return number(result).or(() -> number(text));
    }

    private static Optional<Figure> number(String text) {
        return leading(text).map(Found::figure).or(() -> last(text));
    }

    private static Optional<Found> leading(String text) {
        Matcher decoration = DECORATION.matcher(text);
        int from = decoration.lookingAt() ? decoration.end() : 0;
        String rest = text.substring(from);
        Matcher mixed = MIXED.matcher(rest);
        if (mixed.lookingAt()) {
            Optional<Figure> whole = Figure.parse(mixed.group(1) + mixed.group(2));
            Optional<Figure> part = Figure.parse(mixed.group(1) + mixed.group(3));
            int end = from + mixed.end();
            return whole.flatMap(number -> part.map(number::plus))
                    .map(figure -> new Found(figure, end));
        }
        Matcher number = NUMBER.matcher(rest);
        if (!number.lookingAt()) {
            return Optional.empty();
        }
        int end = from + number.end();
        return figure(rest, number.start(1), number.start(2), number.start(3), number.end())
                .map(figure -> new Found(figure, end));
    }

    /// Returns the last number in a text.
    private static Optional<Figure> last(String text) {
        Matcher match = NUMBER.matcher(text);
        int sign = -1;
        int second = -1;
        int from = -1;
        int to = -1;
        while (match.find()) {
            sign = match.start(1);
            second = match.start(2);
            from = match.start(3);
            to = match.end();
        }
        return from < 0 ? Optional.empty() : figure(text, sign, second, from, to);
    }

    private static Optional<Figure> figure(String text, int sign, int second, int from, int to) {
        if (to - from > 2 * Figure.MOST_DIGITS) {
            return Optional.empty();
        }
        return Figure.parse((sign >= 0 || second >= 0 ? "-" : "") + text.substring(from, to));
    }

    /// Writes a statement so that its number has one form.
    private static String unified(String raw) {
        String text = SPACE.matcher(plain(raw)).replaceAll("");
        return SLASH.matcher(text).replaceAll("/").strip();
    }

    /// Takes out LaTeX, and writes digits, signs and spaces as ASCII does.
    private static String plain(String raw) {
        String text = raw.replace("{,}", ",").replace("\\$", "$").replace("\\%", "%");
        text = THIN_SPACE.matcher(ascii(text)).replaceAll("");
        text = FRACTION.matcher(text).replaceAll("$1/$2");
        return COMMAND.matcher(text).replaceAll(" ");
    }

    private static String ascii(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < 128) {
                text.append(c);
            } else if (Character.isDigit(c)) {
                text.append((char) ('0' + Character.digit(c, 10)));
            } else if (c == '\u2212' || c == '\u2013' || c == '\uff0d') {
                text.append('-');
            } else {
                text.append(VULGAR.getOrDefault(c, Character.toString(c)));
            }
        }
        return text.toString();
    }
}
