package dev.polymnia.agents.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A quantity in several units, from large to small: `1 hour 30 minutes`, `5 feet 7 inches`, `2
/// dollars and 50 cents`. It is one quantity of the smallest of them; of the currency for money.
final class Compound {
    private static final int MOST_PARTS = 4;
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?) ?([a-z]+)");
    private static final Pattern GAP = Pattern.compile(",? and |, ?| |(?=\\d)");

    private Compound() {}

    /// Reads a quantity in two units or more.
    ///
    /// @param text in small letters, one line
    /// @return the quantity, or empty if the text is anything else
    static Optional<Quantity> parse(String text) {
        List<Quantity> parts = new ArrayList<>();
        String rest = NumberWords.digits(text);
        while (parts.size() < MOST_PARTS) {
            Matcher match = PART.matcher(rest);
            Optional<Quantity> part = match.lookingAt() ? part(match, parts) : Optional.empty();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.orElseThrow());
            rest = rest.substring(match.end());
            if (rest.isEmpty()) {
                return parts.size() > 1 ? sum(parts) : Optional.empty();
            }
            Matcher gap = GAP.matcher(rest);
            if (!gap.lookingAt()) {
                return Optional.empty();
            }
            rest = NumberWords.digits(rest.substring(gap.end()));
        }
        return Optional.empty();
    }

    /// Behind hours, `m` are minutes.
    private static Optional<Quantity> part(Matcher match, List<Quantity> before) {
        boolean hours = !before.isEmpty() && unit(before.getLast()).equals(Unit.HOUR.symbol());
        String name = hours && match.group(2).equals("m") ? "minute" : match.group(2);
        return Unit.named(name)
                .flatMap(unit ->
                        Rational.of(match.group(1), 0)
                                .map(number ->
                                        new Quantity(number, new Measure(unit.symbol(), "", 1))));
    }

    private static Optional<Quantity> sum(List<Quantity> parts) {
        boolean money = unit(parts.getLast()).equals(Unit.CENT.symbol());
        String unit = unit(money ? parts.getFirst() : parts.getLast());
        Rational sum = Rational.of(0);
        for (int i = 0; i < parts.size(); i++) {
            Quantity part = parts.get(i);
            Optional<Rational> number = Scale.converted(part.number(), unit(part), unit);
            if (number.isEmpty() || (i > 0 && !isBelow(part, parts.get(i - 1)))) {
                return Optional.empty();
            }
            sum = sum.plus(number.orElseThrow());
        }
        return Optional.of(new Quantity(sum, new Measure(unit, "", 1)));
    }

    private static boolean isBelow(Quantity part, Quantity larger) {
        return Scale.converted(Rational.of(1), unit(part), unit(larger))
                .filter(size -> size.compareTo(Rational.of(1)) < 0)
                .isPresent();
    }

    private static String unit(Quantity quantity) {
        return quantity.measure().unit();
    }
}
