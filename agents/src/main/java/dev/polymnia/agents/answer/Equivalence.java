package dev.polymnia.agents.answer;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When two answers to a question are the same answer: when their keys are equal. So it is an
/// equivalence relation, and an answer's key does not depend on which others there are; a vote that
/// has been counted stays counted.
///
/// The key is the [canonical form][Canonical] without the unit that the question asks for: asked
/// "how many hours", `5` and `5 hours` agree, and `5 minutes` does not. A currency goes if the
/// question names no second one. Where the question does not say what it wants, units stay.
public final class Equivalence {
    private static final Pattern WORD = Pattern.compile("[a-z°]+|[$€£¥₹%¢]");
    private static final Pattern SENTENCE =
            Pattern.compile("[^.?!\\n]*(?:[.](?=\\d)[^.?!\\n]*)*\\?");
    private static final Pattern HOW_MANY =
            Pattern.compile(
                    "(?:how many|number of|in|what percent\\w*) (?:of the |the |more )?([a-z]+)");
    private static final int LONGEST = 8000;

    /// Which words ask for which dimension.
    private static final Map<Pattern, Unit.Dimension> ASKING =
            Map.of(
                    Pattern.compile(
                            "how (?:far|tall|high|wide|deep)|distance|height|width|perimeter"),
                    Unit.Dimension.LENGTH,
                    Pattern.compile("how long|how much time|how old"),
                    Unit.Dimension.TIME,
                    Pattern.compile("how heavy|weigh"),
                    Unit.Dimension.MASS,
                    Pattern.compile("percent|%"),
                    Unit.Dimension.SHARE);

    private final Set<String> asked;
    private final Set<String> mentioned;
    private final boolean dropsCurrency;

    private Equivalence(Set<String> asked, Set<String> mentioned, boolean dropsCurrency) {
        this.asked = Set.copyOf(asked);
        this.mentioned = Set.copyOf(mentioned);
        this.dropsCurrency = dropsCurrency;
    }

    /// Returns the equivalence of answers to a question.
    ///
    /// @param question as the person asked it; empty if it is not known
    public static Equivalence of(String question) {
        String text = question.toLowerCase(Locale.ROOT);
        text = text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text;
        Set<Unit> units = units(text);
        String last = lastQuestion(text);
        Set<String> mentioned = new HashSet<>();
        units.forEach(unit -> mentioned.add(unit.symbol()));
        if (last.contains("daily") || text.contains("every day")) {
            mentioned.add(Unit.DAY.symbol());
        }
        long currencies =
                units.stream().filter(unit -> unit.dimension() == Unit.Dimension.MONEY).count();
        return new Equivalence(asked(last, units), mentioned, currencies <= 1);
    }

    /// Returns what equal answers have in common.
    ///
    /// @param raw an answer as a model wrote it
    /// @return the key; its own key is itself
    public String key(String raw) {
        String canonical = Canonical.of(raw);
        return Quantity.parse(canonical)
                .map(quantity -> quantity.withMeasure(reduced(quantity.measure())).toString())
                .orElse(canonical);
    }

    private Measure reduced(Measure measure) {
        Measure result = measure;
        if (!result.per().isEmpty() && mentioned.contains(result.per())) {
            result = result.withoutPer();
        }
        boolean currency = dropsCurrency && isCurrency(result.unit());
        return currency || asked.contains(result.unit()) ? result.withoutUnit() : result;
    }

    private static boolean isCurrency(String unit) {
        return Unit.named(unit)
                .filter(known -> known.dimension() == Unit.Dimension.MONEY)
                .isPresent();
    }

    private static Set<String> asked(String last, Set<Unit> all) {
        Matcher many = HOW_MANY.matcher(last);
        while (many.find()) {
            Optional<Unit> unit = Unit.named(many.group(1));
            if (unit.isPresent() && !Unit.isAmbiguous(many.group(1))) {
                return Set.of(unit.orElseThrow().symbol());
            }
        }
        if (last.contains("how old")) {
            return Set.of(Unit.YEAR.symbol());
        }
        for (Map.Entry<Pattern, Unit.Dimension> entry : ASKING.entrySet()) {
            if (entry.getKey().matcher(last).find()) {
                return only(all, entry.getValue());
            }
        }
        return Set.of();
    }

    /// The unit of a dimension that the question speaks of, if it speaks of one only.
    private static Set<String> only(Set<Unit> all, Unit.Dimension dimension) {
        var found = all.stream().filter(unit -> unit.dimension() == dimension).toList();
        return found.size() == 1 ? Set.of(found.getFirst().symbol()) : Set.of();
    }

    private static Set<Unit> units(String text) {
        Set<Unit> units = EnumSet.noneOf(Unit.class);
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            boolean sign = !Character.isLetter(word.group().charAt(0));
            if (sign || !Unit.isAmbiguous(word.group())) {
                Unit.named(word.group()).ifPresent(units::add);
            }
        }
        return units;
    }

    private static String lastQuestion(String text) {
        Matcher sentence = SENTENCE.matcher(text);
        String last = text;
        while (sentence.find()) {
            last = sentence.group();
        }
        return last;
    }
}
