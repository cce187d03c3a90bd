package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Restricts an expression to texts of certain lengths in code points, by changing the bounds of
/// its repetitions. Works where at most one repetition at a time decides about the length, or few
/// enough divisions of it exist. Used once.
final class Lengths {
    private static final int MOST_PARTS = 2_000;

    private int parts;

    /// How long the texts of an expression are; [Expression#ENDLESS] stands for any length.
    private record Span(int least, int most) {
        Span plus(Span other) {
            return new Span(least + other.least, sum(most, other.most));
        }

        boolean isFixed() {
            return least == most;
        }
    }

    /// What a restriction leads to.
    ///
    /// @param possible whether it could be done
    /// @param left what is left; empty if nothing is
    record Restricted(boolean possible, Optional<Expression> left) {
        private static final Restricted NOTHING = new Restricted(true, Optional.empty());
        private static final Restricted IMPOSSIBLE = new Restricted(false, Optional.empty());

        private static Restricted to(Expression part) {
            return new Restricted(true, Optional.of(part));
        }
    }

    /// Restricts an expression.
    ///
    /// @param least code points at least
    /// @param most code points at most; [Expression#ENDLESS] for any number
    Restricted restrict(Expression part, int least, int most) {
        Span span = span(part);
        if (most < 0 || least > most || span.most() < least || span.least() > most) {
            return Restricted.NOTHING;
        }
        if (span.least() >= least && span.most() <= most) {
            return Restricted.to(part);
        }
        if (++parts > MOST_PARTS) {
            return Restricted.IMPOSSIBLE;
        }
        return switch (part) {
            case Expression.Literal _, Expression.Characters _, Expression.Reference _ ->
                    Restricted.IMPOSSIBLE;
            case Expression.Choice(List<Expression> options) ->
                    restrictChoice(options, least, most);
            case Expression.Sequence(List<Expression> inside) ->
                    restrictSequence(inside, least, most);
            case Expression.Repeat repeat -> restrictRepeat(repeat, least, most);
        };
    }

    private Restricted restrictChoice(List<Expression> options, int least, int most) {
        List<Expression> left = new ArrayList<>();
        for (Expression option : options) {
            Restricted each = restrict(option, least, most);
            if (!each.possible()) {
                return each;
            }
            each.left().ifPresent(left::add);
        }
        return left.isEmpty() ? Restricted.NOTHING : Restricted.to(new Expression.Choice(left));
    }

    private Restricted restrictSequence(List<Expression> inside, int least, int most) {
        int first = 0;
        while (first < inside.size() && span(inside.get(first)).isFixed()) {
            first++;
        }
        Span before = span(new Expression.Sequence(inside.subList(0, first)));
        if (first == inside.size()) {
            return Restricted.IMPOSSIBLE;
        }
        Expression open = inside.get(first);
        Expression rest = new Expression.Sequence(inside.subList(first + 1, inside.size()));
        Span after = span(rest);
        Expression start = new Expression.Sequence(inside.subList(0, first));
        if (after.isFixed()) {
            int fixed = before.least() + after.least();
            Restricted only = restrict(open, Math.max(0, least - fixed), minus(most, fixed));
            return joined(start, only, Restricted.to(rest));
        }
        return divide(start, before.least(), open, rest, least, most);
    }

    /// Takes each length of the first open part with what is left for the others.
    private Restricted divide(
            Expression start, int fixed, Expression open, Expression rest, int least, int most) {
        Span span = span(open);
        int longest = Math.min(span.most(), minus(most, fixed + span(rest).least()));
        if (longest == Expression.ENDLESS) {
            // Beyond the lower bound it does not matter how long the first part is.
            longest = Math.max(span.least(), least);
        }
        List<Expression> left = new ArrayList<>();
        for (int length = span.least(); length <= longest; length++) {
            boolean beyond = most == Expression.ENDLESS && length == longest;
            Restricted one = restrict(open, length, beyond ? span.most() : length);
            Restricted others =
                    restrict(
                            rest, Math.max(0, least - fixed - length), minus(most, fixed + length));
            Restricted both = joined(start, one, others);
            if (!both.possible() || ++parts > MOST_PARTS) {
                return Restricted.IMPOSSIBLE;
            }
            both.left().ifPresent(left::add);
        }
        return left.isEmpty() ? Restricted.NOTHING : Restricted.to(new Expression.Choice(left));
    }

    private static Restricted joined(Expression start, Restricted one, Restricted two) {
        if (!one.possible() || !two.possible()) {
            return Restricted.IMPOSSIBLE;
        }
        if (one.left().isEmpty() || two.left().isEmpty()) {
            return Restricted.NOTHING;
        }
        return Restricted.to(
                new Expression.Sequence(
                        List.of(start, one.left().orElseThrow(), two.left().orElseThrow())));
    }

    private Restricted restrictRepeat(Expression.Repeat repeat, int least, int most) {
        Span body = span(repeat.body());
        if (body.isFixed() && body.least() > 0) {
            int from = Math.max(repeat.least(), Math.ceilDiv(least, body.least()));
            int to =
                    Math.min(
                            repeat.most(), most == Expression.ENDLESS ? most : most / body.least());
            return from > to
                    ? Restricted.NOTHING
                    : Restricted.to(new Expression.Repeat(repeat.body(), from, to));
        }
        if (body.least() == 0) {
            return Restricted.IMPOSSIBLE;
        }
        // One copy in front, and what is left of the repetition and of the lengths.
        boolean endless = repeat.most() == Expression.ENDLESS;
        Expression more =
                new Expression.Sequence(
                        List.of(
                                repeat.body(),
                                new Expression.Repeat(
                                        repeat.body(),
                                        Math.max(0, repeat.least() - 1),
                                        endless ? repeat.most() : repeat.most() - 1)));
        List<Expression> options = new ArrayList<>();
        if (repeat.least() == 0) {
            options.add(new Expression.Sequence(List.of()));
        }
        if (repeat.most() > 0) {
            options.add(more);
        }
        return restrictChoice(options, least, most);
    }

    private static Span span(Expression part) {
        return switch (part) {
            case Expression.Literal(String text) -> {
                int length = text.codePointCount(0, text.length());
                yield new Span(length, length);
            }
            case Expression.Characters _, Expression.Reference _ -> new Span(1, 1);
            case Expression.Sequence(List<Expression> inside) ->
                    inside.stream().map(Lengths::span).reduce(new Span(0, 0), Span::plus);
            case Expression.Choice(List<Expression> options) ->
                    options.stream()
                            .map(Lengths::span)
                            .reduce((one, two) ->
                                    new Span(
                                            Math.min(one.least(), two.least()),
                                            Math.max(one.most(), two.most())))
                            .orElse(new Span(0, 0));
            case Expression.Repeat(Expression body, int least, int most) -> {
                Span inside = span(body);
                yield new Span(product(inside.least(), least), product(inside.most(), most));
            }
        };
    }

    private static int product(int length, int times) {
        if (length == 0 || times == 0) {
            return 0;
        }
        return (int) Math.min(Expression.ENDLESS, (long) length * times);
    }

    private static int sum(int first, int second) {
        return (int) Math.min(Expression.ENDLESS, (long) first + second);
    }

    private static int minus(int bound, int length) {
        return bound == Expression.ENDLESS ? bound : bound - length;
    }
}
