package dev.polymnia.models.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something with a value, as the parser found it; `at` is its offset in the source.
sealed interface Expression {
    int at();

    record Literal(Value value, int at) implements Expression {}

    record Name(String name, int at) implements Expression {}

    record Attribute(Expression owner, String name, int at) implements Expression {}

    record Item(Expression owner, Expression key, int at) implements Expression {}

    record Range(
            Expression owner,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step,
            int at)
            implements Expression {}

    record Call(Expression function, Given given, int at) implements Expression {}

    record Filter(Expression input, Applied filter, int at) implements Expression {}

    record Test(Expression input, Applied test, int at) implements Expression {}

    record Not(Expression operand, int at) implements Expression {}

    record Negative(Expression operand, int at) implements Expression {}

    record Positive(Expression operand, int at) implements Expression {}

    record Binary(Arithmetic.Operator operator, Expression left, Expression right, int at)
            implements Expression {}

    record And(Expression left, Expression right, int at) implements Expression {}

    record Or(Expression left, Expression right, int at) implements Expression {}

    record Compare(Expression first, List<Comparand> rest, int at) implements Expression {}

    record Concatenation(List<Expression> parts, int at) implements Expression {}

    record Conditional(Expression test, Expression then, @Nullable Expression otherwise, int at)
            implements Expression {}

    record Items(List<Expression> items, int at) implements Expression {}

    record Tuple(List<Expression> items, int at) implements Expression {}

    record Dict(List<Pair> pairs, int at) implements Expression {}

    /// One step of a chained comparison.
    record Comparand(String operator, Expression operand) {}

    record Pair(Expression key, Expression value) {}

    record Named(String name, Expression value) {}

    /// The name of a filter or a test, with its arguments.
    record Applied(String name, Given given, int at) {}

    /// The arguments as they are written; the last two are `*list` and `**dict`.
    record Given(
            List<Expression> positional,
            List<Named> named,
            @Nullable Expression list,
            @Nullable Expression dict) {
        static final Given NOTHING = new Given(List.of(), List.of(), null, null);

        boolean isNothing() {
            return positional.isEmpty() && named.isEmpty() && list == null && dict == null;
        }
    }
}
