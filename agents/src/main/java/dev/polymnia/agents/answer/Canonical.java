package dev.polymnia.agents.answer;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The canonical form of short answers: equal answers have equal forms, and the form of a form is
/// itself. Numbers are exact fractions in lowest terms; dates are ISO 8601; options are one letter;
/// everything else is plain small letters.
///
/// What is counted or measured is left out (`31 muffins`, `$31`, `31 km` are `31`): agents answer
/// the same question, and one that writes the unit means the same as one that does not. A percent
/// sign is such a unit.
final class Canonical {
    private static final int LONGEST_INPUT = 2_000;
    private static final int MOST_ROUNDS = 10;

    private static final Pattern OPTION =
            Pattern.compile(
                    "(?:option |choice )?\\(?([a-j])(?:\\)|\\.|:)(?: .*)?|(?:option |choice"
                            + " )([a-j])");

    private static final Pattern AFFIRMATION = Pattern.compile("(yes|no|true|false)\\b[,.:;!-].*");

    private static final Pattern EDGES =
            Pattern.compile("^[\\s\"'`*_<>.,;:!?]+|[\\s\"'`*_<>,;:!?.]+$");

    private Canonical() {}

    /// Returns the canonical form.
    static String of(String answer) {
        String before;
        String form = answer;
        int rounds = 0;
        do {
            // What is left when one wrapping is gone may be another one.
            before = form;
            form = once(before);
        } while (!form.equals(before) && ++rounds < MOST_ROUNDS);
        return form;
    }

    private static String once(String answer) {
        String text = plain(answer);
        return number(text)
                .or(() -> Dates.iso(text))
                .or(() -> option(text))
                .or(() -> affirmation(text))
                .or(() -> list(text))
                .or(() -> Numbers.onlyOne(text))
                .orElse(text);
    }

    private static Optional<String> number(String text) {
        return Numbers.exact(text).or(() -> Numbers.afterEquals(text));
    }

    /// Takes away what typesetting adds.
    static String plain(String answer) {
        String text = answer.length() > LONGEST_INPUT ? answer.substring(0, LONGEST_INPUT) : answer;
        text = Numbers.withPlainFractions(text);
        text = Normalizer.normalize(text, Normalizer.Form.NFKC);
        text =
                text.replaceAll(
                                "\\\\(?:text|mathrm|mathbf|textbf|operatorname)\\s?\\{([^{}]*)\\}",
                                "$1")
                        .replaceAll("\\\\[()\\[\\]]", "")
                        .replaceAll("\\\\[,;!: ]", " ")
                        .replace("\\%", "%")
                        .replace("\\$", "$")
                        .replace("^\\circ", "°")
                        .replaceAll("\\\\(?:times|cdot)\\b", "*")
                        .replaceAll("\\$([^$]*)\\$", "$1")
                        .replace('\u2212', '-')
                        .replace('\u2013', '-')
                        .replace('\u2044', '/')
                        .replaceAll("[\u2018\u2019]", "'")
                        .replaceAll("[\u201c\u201d]", "\"")
                        .replace("**", "")
                        .replaceAll("\\s+", " ");
        return edges(text.toLowerCase(Locale.ROOT));
    }

    private static String edges(String text) {
        String before;
        String after = text;
        do {
            before = after;
            // A sign, a decimal point or a bracket at the front belongs to the answer.
            after = before.matches("\\.\\d.*") ? before : EDGES.matcher(before).replaceAll("");
            after = unwrapped(after);
        } while (!after.equals(before));
        return after;
    }

    private static String unwrapped(String text) {
        return isWrapped(text, "{", "}") || isWrapped(text, "[", "]")
                ? text.substring(1, text.length() - 1).strip()
                : text;
    }

    private static boolean isWrapped(String text, String open, String close) {
        return text.length() > 2 && text.startsWith(open) && text.endsWith(close);
    }

    private static Optional<String> option(String text) {
        if (text.length() == 1 && text.charAt(0) >= 'a' && text.charAt(0) <= 'j') {
            return Optional.of(text);
        }
        Matcher matcher = OPTION.matcher(text);
        if (!matcher.matches()) {
            return text.matches("\\([a-j]") ? Optional.of(text.substring(1)) : Optional.empty();
        }
        return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }

    private static Optional<String> affirmation(String text) {
        Matcher matcher = AFFIRMATION.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Returns a list of numbers, or of single words, with one kind of separator.
    private static Optional<String> list(String text) {
        List<String> items =
                Arrays.stream(text.split(",\\s*(?:and )?|;\\s*|\\s+and\\s+", -1))
                        .map(Canonical::edges)
                        .toList();
        if (items.size() < 2
                || items.stream().anyMatch(item -> item.isEmpty() || item.contains(" "))) {
            return Optional.empty();
        }
        return Optional.of(
                items.stream()
                        .map(item -> Numbers.exact(item).orElse(item))
                        .collect(Collectors.joining(", ")));
    }
}
