package dev.polymnia.agents.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// When two answers to a question are the same answer: when their keys are equal. So it is an
/// equivalence relation, and an answer's key does not depend on which others there are; a vote that
/// has been counted stays counted.
///
/// The key is the [canonical form][Canonical], changed where the question says what it wants:
///
/// - **Units.** Asked "how many hours", `5`, `5 hours` and `300 minutes` agree, and `5 minutes`
///   does not. A currency goes if the question names no second one, and cents are hundredths then.
///   Where the question does not say what it wants, units stay; a quantity is written in the
///   largest unit of its kind in which it is a whole number, so `1.5 hours` and `90 minutes` agree.
/// - **Tolerance.** Numbers are exact fractions and are rounded to a [grid][Grid], half-way ones
///   away from zero. The question may name it ("to two decimal places", "to the nearest cent", "to
///   three significant figures"). Where it does not, integers stay as they are, and other numbers
///   are rounded to two decimals, or to three significant digits if those are more: 200/3, 66.666
///   and 66.67 agree, 1/3 and 0.333 agree, 0.0012 and 0.0013 do not, nor do 1/3 and 0.33. Two
///   numbers on either side of a half-way point differ however close they are; that is the price of
///   an equivalence relation. A question that asks for a fraction has no tolerance. Units are
///   rounded in the unit that is asked for, else in their own, and numbers in lists, intervals and
///   rates as others are.
/// - **Percentages.** Asked for one, `25%`, `25`, `0.25` and `1/4` agree: a bare number between 0
///   and 1 is a share of 1. What is below one percent keeps its sign to tell it apart. Elsewhere
///   `25%` and `0.25` differ.
/// - **Ratios.** `6:8` is `3:4`, except where a question speaks of a score; asked for a ratio,
///   `3/4` and `6 to 8` are, too.
/// - **Intervals, solutions.** Asked for an interval, `(1, 3)` is `1<x<3`; for solutions, roots or
///   all values, their order means nothing.
/// - **Options.** The words of an option that the question lists are its letter.
/// - **Decisions.** `True` is `yes`, or the other way round if the question says "true or false".
/// - **No answer.** All ways of saying that there is none agree.
public final class Equivalence {
    /// Each round comes closer to the form that stays as it is.
    private static final int ROUNDS = 8;

    private static final Map<String, String> TO_DECISION = Map.of("true", "yes", "false", "no");
    private static final Map<String, String> TO_TRUTH = Map.of("yes", "true", "no", "false");
    private static final Rational CENTS = Rational.powerOfTen(-2);

    private final Asked asked;
    private final Map<String, String> decisions;
    private final Map<String, String> choices;

    private Equivalence(Asked asked, String question) {
        this.asked = asked;
        decisions = asked.wants(Asked.Form.TRUTH) ? TO_TRUTH : TO_DECISION;
        choices = Choices.of(question, this::unlisted);
    }

    /// Returns the equivalence of answers to a question.
    ///
    /// @param question as the person asked it; empty if it is not known
    public static Equivalence of(String question) {
        return new Equivalence(Asked.of(question.toLowerCase(Locale.ROOT)), question);
    }

    /// Returns what equal answers have in common. Never throws; takes time in proportion to at most
    /// 400 characters.
    ///
    /// @param raw an answer as a model wrote it
    /// @return the key, of at most 400 characters; its own key is itself
    public String key(String raw) {
        String key = unlisted(raw);
        return choices.getOrDefault(key, key);
    }

    /// Returns whether the question wants a yes or a no.
    boolean isDecided() {
        return asked.wants(Asked.Form.DECISION);
    }

    /// Returns whether an answer with a key can be an answer to the question: one that says there
    /// is none only if the question reckons with it.
    boolean counts(String key) {
        return !key.equals(NoAnswer.KEY) || asked.wants(Asked.Form.NO_ANSWER);
    }

    private String unlisted(String raw) {
        String key = Canonical.bounded(raw);
        for (int i = 0; i < ROUNDS; i++) {
            String next = Canonical.bounded(once(key));
            if (next.equals(key)) {
                return key;
            }
            key = next;
        }
        return key;
    }

    private String once(String raw) {
        String text = Markup.strip(raw).toLowerCase(Locale.ROOT);
        if (NoAnswer.isOne(text)) {
            return NoAnswer.KEY;
        }
        Optional<String> interval =
                asked.wants(Asked.Form.INTERVAL)
                        ? Interval.canonical(text, true)
                        : Optional.empty();
        return settled(interval.orElseGet(() -> Canonical.of(raw)));
    }

    /// Returns what a canonical form, or a member of one that is a list, is to this question.
    private String settled(String canonical) {
        return decision(canonical)
                .or(() -> ratio(canonical))
                .or(() -> Quantity.parse(canonical).map(this::settled))
                .or(() -> Interval.parse(canonical, false).map(this::settled))
                .or(() -> Listing.members(canonical).map(this::settled))
                .orElse(canonical);
    }

    private Optional<String> ratio(String canonical) {
        if (asked.wants(Asked.Form.RATIO)) {
            return Ratio.asked(canonical);
        }
        boolean other = asked.wants(Asked.Form.SCORE) || Dates.canonical(canonical).isPresent();
        return other ? Optional.empty() : Ratio.reduced(canonical);
    }

    private Optional<String> decision(String canonical) {
        return Optional.ofNullable(decisions.get(canonical));
    }

    private String settled(Interval interval) {
        return interval.mapped(asked.grid()::rounded).toString();
    }

    private String settled(List<String> members) {
        List<String> settled = new ArrayList<>();
        members.forEach(member -> settled.add(settled(member)));
        return asked.wants(Asked.Form.SET)
                ? Listing.ordered(settled)
                : String.join(Listing.SEPARATOR, settled);
    }

    private String settled(Quantity quantity) {
        boolean share = asked.wants(Asked.Form.SHARE);
        Optional<Quantity> percentage = share ? percentage(quantity) : Optional.empty();
        return percentage.orElseGet(() -> Scale.whole(rounded(measured(quantity)))).toString();
    }

    private Quantity rounded(Quantity quantity) {
        return new Quantity(asked.grid().rounded(quantity.number()), quantity.measure());
    }

    /// Returns a bare number of percent, or one below one percent with its sign; empty if the
    /// answer has another unit.
    private Optional<Quantity> percentage(Quantity quantity) {
        Measure sign = new Measure(Unit.PERCENT.symbol(), "", 1);
        Rational number = quantity.number();
        if (quantity.measure().equals(Measure.NONE)) {
            number = isPart(number) ? number.times(Rational.of(100)) : number;
        } else if (!quantity.measure().equals(sign)) {
            return Optional.empty();
        }
        Rational percent = asked.grid().rounded(number);
        return Optional.of(new Quantity(percent, isPart(percent) ? sign : Measure.NONE));
    }

    private static boolean isPart(Rational number) {
        return !number.isZero() && number.absolute().compareTo(Rational.of(1)) < 0;
    }

    /// Returns the quantity without what the question asks for, in the unit it asks for.
    private Quantity measured(Quantity quantity) {
        Measure measure = quantity.measure();
        if (!measure.per().isEmpty() && asked.mentioned().contains(measure.per())) {
            measure = measure.withoutPer();
        }
        if (!measure.per().isEmpty()) {
            boolean goes = isCurrency(measure.unit()) || measure.unit().equals(asked.unit());
            return quantity.withMeasure(goes ? measure.withoutUnit() : measure);
        }
        Optional<Rational> wanted =
                asked.unit().isEmpty() || measure.unit().isEmpty()
                        ? Optional.empty()
                        : Scale.converted(quantity.number(), measure.unit(), asked.unit());
        if (wanted.isPresent()) {
            return new Quantity(wanted.orElseThrow(), Measure.NONE);
        }
        if (asked.oneCurrency() && measure.unit().equals(Unit.CENT.symbol())) {
            return new Quantity(quantity.number().times(CENTS), Measure.NONE);
        }
        return quantity.withMeasure(isCurrency(measure.unit()) ? measure.withoutUnit() : measure);
    }

    /// Whether a unit is a currency that goes without saying.
    private boolean isCurrency(String unit) {
        return asked.oneCurrency()
                && Unit.named(unit)
                        .filter(known -> known.dimension() == Unit.Dimension.MONEY)
                        .isPresent();
    }
}
