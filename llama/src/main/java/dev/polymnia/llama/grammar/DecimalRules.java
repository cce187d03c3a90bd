package dev.polymnia.llama.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the decimal numbers of a range, or its multiples of something, as rules. Used once.
///
/// A number is read digit by digit by an automaton that knows how many digits are to come, the
/// remainder so far, and what is left of a bound whose beginning has been followed to the digit;
/// each of its states becomes a rule. Two remainders are the same if no digits to come tell them
/// apart, so a multiple of 1,000 needs no thousand states: with `k` digits to come, remainders
/// count modulo `m / gcd(m, 10^k)`.
///
/// Bounded numbers are written without exponents, with up to 18 digits before the point (or those
/// of the bounds) and 12 behind it (or three more than the bounds, or those of the multiple).
final class DecimalRules {
    private static final int WHOLE_DIGITS = 18;
    private static final int DECIMALS = 12;
    private static final int MORE_DECIMALS = 3;
    private static final int MOST_STATES = 5_000;

    private final RuleBook book;
    private final String path;
    private final int decimals;
    private final BigInteger multiple;
    private final Map<Place, String> known = new HashMap<>();

    /// A state of the automaton.
    ///
    /// @param digits how many are to come
    /// @param remainder of what has been read
    /// @param least what is left of the lower bound; empty if it has been passed
    /// @param most what is left of the upper bound; empty if it has been passed
    private record Place(int digits, BigInteger remainder, String least, String most) {}

    // The rule of a state that leads nowhere.
    private static final String DEAD = "";

    private DecimalRules(RuleBook book, String path, int decimals, BigInteger multiple) {
        this.book = book;
        this.path = path;
        this.decimals = decimals;
        this.multiple = multiple;
    }

    /// Returns an expression for the numbers that meet a rule; null if there are none.
    ///
    /// @param whole whether only integers do
    /// @param path the schema
    /// @throws dev.polymnia.core.Fault `INVALID` if the multiple needs too many states
    static @Nullable String write(RuleBook book, NumberRule rule, boolean whole, String path) {
        if (rule.equals(NumberRule.ANY)) {
            return book.shared(whole ? "integer" : "number");
        }
        BigDecimal multiple = rule.multiple();
        int decimals = 0;
        BigInteger step = BigInteger.ONE;
        if (multiple != null) {
            int scale = Math.max(0, multiple.scale());
            step = multiple.setScale(scale).unscaledValue();
            if (whole) {
                step = step.divide(step.gcd(BigInteger.TEN.pow(scale)));
            } else {
                decimals = scale;
            }
        } else if (!whole) {
            decimals =
                    Math.max(
                            DECIMALS,
                            Math.max(scale(rule.least()), scale(rule.most())) + MORE_DECIMALS);
        }
        return new DecimalRules(book, path, decimals, step).write(rule);
    }

    private @Nullable String write(NumberRule rule) {
        BigInteger least = scaled(rule.least(), RoundingMode.CEILING);
        BigInteger most = scaled(rule.most(), RoundingMode.FLOOR);
        if (least != null && rule.aboveLeast() && isExact(least, rule.least())) {
            least = least.add(BigInteger.ONE);
        }
        if (most != null && rule.belowMost() && isExact(most, rule.most())) {
            most = most.subtract(BigInteger.ONE);
        }
        int whole = Math.max(WHOLE_DIGITS, Math.max(digits(least), digits(most)) - decimals);
        BigInteger limit = BigInteger.TEN.pow(whole + decimals).subtract(BigInteger.ONE);
        BigInteger from = least == null ? limit.negate() : least;
        BigInteger to = most == null ? limit : most;
        List<String> options = new ArrayList<>();
        addRange(options, "", from.max(BigInteger.ZERO), to, whole);
        addRange(options, "\"-\" ", to.negate().max(BigInteger.ONE), from.negate(), whole);
        return options.isEmpty() ? null : GbnfText.choice(options);
    }

    private void addRange(
            List<String> options, String sign, BigInteger from, BigInteger to, int whole) {
        for (int width = 1; width <= whole; width++) {
            int digits = width + decimals;
            BigInteger first = width == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(digits - 1);
            BigInteger least = first.max(from);
            BigInteger most = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).min(to);
            if (least.compareTo(most) <= 0) {
                String rule =
                        rule(
                                place(
                                        digits,
                                        BigInteger.ZERO,
                                        padded(least, digits),
                                        padded(most, digits)));
                if (!rule.equals(DEAD)) {
                    options.add(sign + rule);
                }
            }
        }
    }

    private String rule(Place place) {
        String rule = known.get(place);
        if (rule != null) {
            return rule;
        }
        if (known.size() == MOST_STATES) {
            throw Refusal.at(
                    path + "/multipleOf",
                    "multiples of %s need more than %d states; use a smaller number, powers of ten"
                                    .formatted(shownMultiple(), MOST_STATES)
                            + " aside.");
        }
        // Reserves the place, so that it counts while its successors are written.
        known.put(place, DEAD);
        String body = body(place);
        String made = body == null ? DEAD : book.add(body, path);
        known.put(place, made);
        return made;
    }

    private @Nullable String body(Place place) {
        boolean mayEnd =
                place.digits() <= decimals
                        && place.least().isEmpty()
                        && isMultiple(
                                place.remainder().multiply(BigInteger.TEN.pow(place.digits())));
        String more = place.digits() == 0 ? null : next(place);
        if (more == null) {
            return mayEnd ? "\"\"" : null;
        }
        String point = place.digits() == decimals ? "\".\" " : "";
        return mayEnd ? "(" + point + more + ")?" : point + more;
    }

    private @Nullable String next(Place place) {
        int low = place.least().isEmpty() ? 0 : place.least().charAt(0) - '0';
        int high = place.most().isEmpty() ? 9 : place.most().charAt(0) - '0';
        Map<String, CodePoints> targets = new LinkedHashMap<>();
        for (int digit = low; digit <= high; digit++) {
            String rule =
                    rule(
                            place(
                                    place.digits() - 1,
                                    place.remainder()
                                            .multiply(BigInteger.TEN)
                                            .add(BigInteger.valueOf(digit)),
                                    digit == low ? tail(place.least()) : "",
                                    digit == high ? tail(place.most()) : ""));
            if (!rule.equals(DEAD)) {
                targets.merge(rule, CodePoints.of('0' + digit), CodePoints::or);
            }
        }
        List<String> options = new ArrayList<>();
        targets.forEach((rule, digits) -> options.add(GbnfText.characters(digits) + " " + rule));
        return options.isEmpty() ? null : GbnfText.choice(options);
    }

    private Place place(int digits, BigInteger remainder, String least, String most) {
        BigInteger common = multiple.gcd(BigInteger.TEN.pow(digits));
        return new Place(
                digits,
                remainder.mod(multiple.divide(common)),
                least.matches("0*") ? "" : least,
                most.matches("9*") ? "" : most);
    }

    private boolean isMultiple(BigInteger value) {
        return value.mod(multiple).signum() == 0;
    }

    private @Nullable BigInteger scaled(@Nullable BigDecimal bound, RoundingMode mode) {
        return bound == null
                ? null
                : bound.movePointRight(decimals).setScale(0, mode).toBigIntegerExact();
    }

    private boolean isExact(BigInteger scaled, @Nullable BigDecimal bound) {
        return bound != null
                && new BigDecimal(scaled).compareTo(bound.movePointRight(decimals)) == 0;
    }

    private String shownMultiple() {
        return new BigDecimal(multiple, decimals).toPlainString();
    }

    private static int scale(@Nullable BigDecimal bound) {
        return bound == null ? 0 : bound.scale();
    }

    private static int digits(@Nullable BigInteger bound) {
        return bound == null ? 0 : bound.abs().toString().length();
    }

    private static String padded(BigInteger value, int digits) {
        String text = value.toString();
        return "0".repeat(digits - text.length()) + text;
    }

    private static String tail(String bound) {
        return bound.isEmpty() ? bound : bound.substring(1);
    }
}
