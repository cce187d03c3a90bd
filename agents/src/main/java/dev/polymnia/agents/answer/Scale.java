package dev.polymnia.agents.answer;

import java.util.List;
import java.util.Optional;

/// How many of one unit are another: 1.5 hours are 90 minutes, 2 feet are 24 inches.
///
/// Only units that everybody converts alike are here: no calories, no bytes (1000 or 1024), no
/// months in days, no inches in centimetres.
final class Scale {
    /// The units of each kind from large to small, in multiples of the smallest.
    private static final List<List<Size>> KINDS =
            List.of(
                    List.of(
                            new Size(Unit.WEEK, 604_800_000),
                            new Size(Unit.DAY, 86_400_000),
                            new Size(Unit.HOUR, 3_600_000),
                            new Size(Unit.MINUTE, 60_000),
                            new Size(Unit.SECOND, 1_000),
                            new Size(Unit.MILLISECOND, 1)),
                    List.of(
                            new Size(Unit.CENTURY, 1_200),
                            new Size(Unit.DECADE, 120),
                            new Size(Unit.YEAR, 12),
                            new Size(Unit.MONTH, 1)),
                    List.of(
                            new Size(Unit.KILOMETRE, 1_000_000),
                            new Size(Unit.METRE, 1_000),
                            new Size(Unit.CENTIMETRE, 10),
                            new Size(Unit.MILLIMETRE, 1)),
                    List.of(
                            new Size(Unit.MILE, 63_360),
                            new Size(Unit.YARD, 36),
                            new Size(Unit.FOOT, 12),
                            new Size(Unit.INCH, 1)),
                    List.of(
                            new Size(Unit.KILOGRAM, 1_000_000),
                            new Size(Unit.GRAM, 1_000),
                            new Size(Unit.MILLIGRAM, 1)),
                    List.of(new Size(Unit.POUND, 16), new Size(Unit.OUNCE, 1)),
                    List.of(new Size(Unit.LITRE, 1_000), new Size(Unit.MILLILITRE, 1)),
                    List.of(
                            new Size(Unit.GALLON, 768),
                            new Size(Unit.QUART, 192),
                            new Size(Unit.PINT, 96),
                            new Size(Unit.CUP, 48),
                            new Size(Unit.TABLESPOON, 3),
                            new Size(Unit.TEASPOON, 1)),
                    List.of(new Size(Unit.DOLLAR, 100), new Size(Unit.CENT, 1)),
                    List.of(new Size(Unit.EURO, 100), new Size(Unit.CENT, 1)),
                    List.of(new Size(Unit.STERLING, 100), new Size(Unit.CENT, 1)));

    private Scale() {}

    /// A unit in multiples of the smallest of its kind.
    private record Size(Unit unit, long size) {
        boolean isOf(String symbol) {
            return unit.symbol().equals(symbol);
        }
    }

    /// Returns a number of one unit as a number of another; empty if they do not convert.
    ///
    /// @param from the canonical name of a unit
    /// @param to the canonical name of a unit
    static Optional<Rational> converted(Rational number, String from, String to) {
        if (from.equals(to)) {
            return Optional.of(number);
        }
        return KINDS.stream()
                .flatMap(kind -> ratio(kind, from, to).stream())
                .findFirst()
                .map(number::times);
    }

    /// Returns the quantity in the largest unit of its kind in which its number is an integer; as
    /// it is if there is none, and money and rates always.
    static Quantity whole(Quantity quantity) {
        Measure measure = quantity.measure();
        if (!measure.per().isEmpty()) {
            return quantity;
        }
        for (List<Size> kind : KINDS) {
            boolean money = kind.getLast().unit() == Unit.CENT;
            if (!money && kind.stream().anyMatch(size -> size.isOf(measure.unit()))) {
                return whole(quantity, kind);
            }
        }
        return quantity;
    }

    private static Quantity whole(Quantity quantity, List<Size> kind) {
        for (Size size : kind) {
            String unit = size.unit().symbol();
            Optional<Rational> number =
                    converted(quantity.number(), quantity.measure().unit(), unit)
                            .filter(Rational::isInteger);
            if (number.isPresent()) {
                return new Quantity(number.orElseThrow(), new Measure(unit, "", 1));
            }
        }
        return quantity;
    }

    private static Optional<Rational> ratio(List<Size> kind, String from, String to) {
        Optional<Size> one = kind.stream().filter(size -> size.isOf(from)).findFirst();
        Optional<Size> other = kind.stream().filter(size -> size.isOf(to)).findFirst();
        return one.flatMap(
                a -> other.flatMap(b -> Rational.of(a.size()).dividedBy(Rational.of(b.size()))));
    }
}
