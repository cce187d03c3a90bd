package dev.polymnia.agents.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands behind a number: a unit, a unit it is taken per, or things that are only counted.
///
/// @param unit the canonical name of a unit, a power included (`m^2`), or empty
/// @param per the canonical name of the unit it is taken per, or empty
/// @param factor what a word such as `thousand` multiplies the number by
record Measure(String unit, String per, long factor) {
    static final Measure NONE = new Measure("", "", 1);

    private static final int MOST_WORDS = 7;
    private static final Map<String, Long> FACTORS =
            Map.of(
                    "dozen", 12L,
                    "hundred", 100L,
                    "thousand", 1_000L,
                    "million", 1_000_000L,
                    "billion", 1_000_000_000L,
                    "trillion", 1_000_000_000_000L);
    private static final Map<String, List<String>> COMPOUND =
            Map.of(
                    "mph", List.of("mile", "hour"),
                    "kph", List.of("km", "hour"),
                    "kmh", List.of("km", "hour"),
                    "kmph", List.of("km", "hour"));

    /// Words that make the text more than a counted number.
    private static final Set<String> MEANINGFUL =
            Set.of(
                    "half",
                    "halves",
                    "third",
                    "thirds",
                    "quarter",
                    "quarters",
                    "fourth",
                    "fourths",
                    "fifth",
                    "fifths",
                    "sixth",
                    "sixths",
                    "eighth",
                    "eighths",
                    "tenth",
                    "tenths",
                    "factorial",
                    "squared",
                    "cubed",
                    "plus",
                    "minus",
                    "over",
                    "or",
                    "and",
                    "to",
                    "from",
                    "mod",
                    "base",
                    "pi",
                    "sqrt",
                    "log",
                    "ln",
                    "sin",
                    "cos",
                    "tan",
                    "is",
                    "are",
                    "was",
                    "if",
                    "but",
                    "not",
                    "no",
                    "because",
                    "north",
                    "south",
                    "east",
                    "west",
                    "before",
                    "after",
                    "bc",
                    "ad",
                    "bce",
                    "ce",
                    "divided",
                    "than",
                    "infinity",
                    "remainder",
                    "r");

    private static final Pattern WORD =
            Pattern.compile("[a-z°¢%$€£¥₹]+(?:\\^?[23])?|'[a-z]{1,2}|/|-(?=[a-z])");
    private static final Pattern NOTE = Pattern.compile("^ ?\\([^()]{1,60}\\)| \\([^()]{1,60}\\)$");

    /// Reads what stands behind a number.
    ///
    /// @param suffix in small letters
    /// @param currency the currency that stood before the number
    /// @return the measure, or empty if the suffix says more than that
    static Optional<Measure> parse(String suffix, Optional<Unit> currency) {
        String rest = NOTE.matcher(suffix).replaceAll("");
        List<String> words = new ArrayList<>();
        Matcher match = WORD.matcher(rest);
        int end = 0;
        while (match.find()) {
            if (!isGap(rest.substring(end, match.start())) || words.size() == MOST_WORDS) {
                return Optional.empty();
            }
            words.add(match.group());
            end = match.end();
        }
        boolean glued = !rest.isEmpty() && Character.isLetter(rest.charAt(0));
        if (!rest.substring(end).isBlank() || (glued && !isUnit(words.getFirst()))) {
            return Optional.empty();
        }
        return of(words, currency);
    }

    private static boolean isGap(String text) {
        return text.isEmpty() || text.equals(" ");
    }

    private static boolean isUnit(String word) {
        return COMPOUND.containsKey(word) || unit(word).isPresent();
    }

    private static Optional<Measure> of(List<String> words, Optional<Unit> currency) {
        String unit = currency.map(Unit::symbol).orElse("");
        String per = "";
        long factor = 1;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean wantsPer = i > 0 && isPer(words.get(i - 1));
            Long multiple = FACTORS.get(word);
            if (multiple != null && i == 0) {
                factor = multiple;
            } else if (MEANINGFUL.contains(word)
                    || isVariable(word, i == 0 || wantsPer)
                    || isNumber(words, i)) {
                return Optional.empty();
            } else if (COMPOUND.containsKey(word) && unit.isEmpty()) {
                unit = COMPOUND.getOrDefault(word, List.of()).getFirst();
                per = COMPOUND.getOrDefault(word, List.of()).getLast();
            } else if (wantsPer && per.isEmpty()) {
                per = unit(word).orElse("");
            } else if (unit.isEmpty() && (i == 0 || !Unit.isAmbiguous(word))) {
                unit = power(words, i).or(() -> unit(word)).orElse("");
            }
        }
        return Optional.of(new Measure(unit, per, factor));
    }

    /// `19 eighty-four` is not a counted number, `7 two-bedroom flats` is.
    private static boolean isNumber(List<String> words, int i) {
        boolean attribute =
                i + 2 < words.size()
                        && words.get(i + 1).equals("-")
                        && !NumberWords.isNumber(words.get(i + 2));
        return NumberWords.isNumber(words.get(i)) && !attribute;
    }

    /// A letter that no unit begins is a variable: `2 x` is not a counted number.
    private static boolean isVariable(String word, boolean mayBeUnit) {
        return word.length() == 1
                && Character.isLetter(word.charAt(0))
                && !word.equals("a")
                && !(mayBeUnit && unit(word).isPresent());
    }

    private static boolean isPer(String word) {
        return word.equals("per")
                || word.equals("/")
                || word.equals("each")
                || word.equals("every")
                || word.equals("a");
    }

    /// Reads `square meters`, `sq ft`, `cubic cm`.
    private static Optional<String> power(List<String> words, int i) {
        String word = words.get(i);
        if (i + 1 == words.size()) {
            return Optional.empty();
        }
        return switch (word) {
            case "square", "sq" -> unit(words.get(i + 1)).map(unit -> unit + "^2");
            case "cubic", "cu" -> unit(words.get(i + 1)).map(unit -> unit + "^3");
            case "degree", "degrees", "°" -> temperature(words.get(i + 1));
            default -> Optional.empty();
        };
    }

    private static Optional<String> temperature(String word) {
        return Unit.named(word)
                .filter(unit -> unit.dimension() == Unit.Dimension.TEMPERATURE)
                .map(Unit::symbol);
    }

    private static Optional<String> unit(String word) {
        char last = word.charAt(word.length() - 1);
        if (last != '2' && last != '3') {
            return Unit.named(word).map(Unit::symbol);
        }
        String base = word.substring(0, word.length() - 1).replace("^", "");
        return Unit.named(base).map(unit -> unit.symbol() + "^" + last);
    }

    Measure withoutFactor() {
        return new Measure(unit, per, 1);
    }

    Measure withoutUnit() {
        return new Measure("", per, factor);
    }

    Measure withoutPer() {
        return new Measure(unit, "", factor);
    }

    /// Writes the measure around the digits of its number.
    String around(String digits) {
        String slash = per.isEmpty() ? "" : "/" + per;
        if (unit.isEmpty()) {
            return per.isEmpty() ? digits : digits + " " + slash;
        }
        return switch (unit) {
            case "$", "€", "£", "¥", "₹" -> unit + digits + slash;
            case "%", "°" -> digits + unit + slash;
            default -> digits + " " + unit + slash;
        };
    }
}
