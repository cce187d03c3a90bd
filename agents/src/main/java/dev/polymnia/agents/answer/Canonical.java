package dev.polymnia.agents.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one form in which all ways of writing an answer agree: `31.0`, `**31 muffins**`,
/// `\boxed{31}` and `thirty-one` are `31`.
///
/// Known are numbers (thousands separators, fractions, mixed numbers, scientific notation, words),
/// units and currencies, quantities in several units, percentages, dates, times of day, options of
/// a multiple-choice question, yes and no, ratios, intervals, lists and sets, and what Python
/// prints of such; everything else becomes words in small letters without wrapping, titles and
/// points behind initials. Numbers are exact: 1/3 is not 0.333. Units that measure stay (5 km is
/// not 5 m); names of counted things go. [Equivalence] goes further where the question allows it.
public final class Canonical {
    /// What is longer is not a short answer; it is cut to keep the work bounded.
    static final int LONGEST = 400;

    /// Each round takes off at least one layer; more layers are not somebody's answer.
    private static final int ROUNDS = 16;

    private static final Pattern OPTION =
            Pattern.compile(
                    "(?:(?i:option|choice|answer)[: ]*)?[(\\[]?([A-Ja-j])[)\\]]?[.:]?"
                            + "|(?:(?i:option|choice) )?[(\\[]?([A-J])[)\\]][.:]? .*"
                            + "|(?i:option|choice) [(\\[]?([A-Ja-j])[)\\]]?[.:,]? .*"
                            + "|([A-E])(?:[.:] ?| - )(?![A-Z]\\.)[A-Z0-9$£€-].*"
                            + "|([A-E]) \\(.*\\)");
    private static final Pattern DECISION =
            Pattern.compile(
                    "(yes|no|true|false)(?:[,.;:!](?! ?\\d).*|-(?!one|man).*| -"
                            + " .*| \\(.*| it (?:is|does|can|will).*)?");
    private static final Pattern LEAD =
            Pattern.compile(
                    "^(?:(?:so|thus|therefore|hence|finally),? |(?:the |my |our )?(?:final |correct"
                        + " |right )?(?:answer|result|solution|option|choice|ratio|interval)(?:"
                        + " (?:is|are|=|:)|:)[: ]*(?=.)"
                        + "|(?:about|approximately|approx\\.?|around|roughly|nearly|exactly|only|just|a"
                        + " total of|total of|total ?[:=]|totals?|sum ?[:=]|~)"
                        + " ?(?=[$€£]?[-\\d.])|it(?: is|'s) |there (?:are|is|were|was|will be) |="
                        + " ?|[a-z](?:_?\\d)? ?[=∈] ?(?=.)|(?:the|an|a)"
                        + " (?=.)|(?:mr|mrs|ms|mx|dr|prof|professor)\\.? (?=[a-z]))",
                    Pattern.CASE_INSENSITIVE);

    private Canonical() {}

    /// Returns the canonical form of an answer. Taking the canonical form of a canonical form
    /// changes nothing. Never throws; takes time in proportion to at most 400 characters.
    ///
    /// @param raw an answer as a model wrote it
    /// @return the form, empty if nothing but wrapping was there
    public static String of(String raw) {
        String text = bounded(raw);
        for (int i = 0; i < ROUNDS; i++) {
            String next = bounded(once(text));
            if (next.equals(text)) {
                return text;
            }
            text = next;
        }
        return text;
    }

    /// Returns whether a canonical form is of a kind that is known: a number, a ratio, an interval,
    /// a date, an option, a decision. Words and lists are not.
    static boolean isExact(String canonical) {
        return Quantity.parse(canonical).isPresent()
                || Dates.canonical(canonical).isPresent()
                || Ratio.canonical(canonical).isPresent()
                || Interval.canonical(canonical, false).isPresent()
                || canonical.matches("[A-J]|yes|no|true|false");
    }

    private static String once(String raw) {
        String text = Reprs.plain(Markup.strip(raw));
        // What leads up to an option has to go while its letter is still large.
        return option(text)
                .or(() -> option(LEAD.matcher(text).replaceFirst("")))
                .orElseGet(() -> words(text.toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> option(String text) {
        Matcher match = OPTION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= match.groupCount(); group++) {
            if (match.group(group) != null) {
                return Optional.of(match.group(group).toUpperCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    private static String words(String text) {
        Matcher decision = DECISION.matcher(text);
        if (decision.matches()) {
            return decision.group(1);
        }
        String plain = NumberWords.digits(Names.joined(unbracketed(text)));
        return Dates.canonical(plain)
                .or(() -> Quantity.parse(plain).map(Quantity::toString))
                .or(() -> Compound.parse(plain).map(Quantity::toString))
                .or(() -> Interval.canonical(plain, false))
                .or(() -> Ratio.canonical(plain))
                .or(() -> led(plain))
                .or(() -> Sentence.result(plain))
                .or(() -> Listing.canonical(plain))
                .or(() -> Sentence.quantity(plain))
                .orElseGet(() -> Names.plain(Sentence.formula(plain)));
    }

    /// Returns the text without the words that lead up to the answer, if it begins with some.
    private static Optional<String> led(String text) {
        String led = text;
        String longer = "";
        while (!led.equals(longer)) {
            longer = led;
            led = LEAD.matcher(led).replaceFirst("");
        }
        return led.equals(text) ? Optional.empty() : Optional.of(led);
    }

    /// Takes brackets off that hold all of the text and not a list.
    private static String unbracketed(String text) {
        if (text.length() < 3) {
            return text;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        boolean pair = (first == '(' && last == ')') || (first == '[' && last == ']');
        String inside = text.substring(1, text.length() - 1);
        return pair && inside.matches("[^()\\[\\],;]*") ? inside.strip() : text;
    }

    /// Returns as much of a text as is looked at.
    static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }
}
