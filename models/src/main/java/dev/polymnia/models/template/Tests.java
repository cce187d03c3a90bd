package dev.polymnia.models.template;

import java.util.Set;

/// Jinja's tests, `value is name(arguments)`.
final class Tests {
    private static final Set<String> NAMES =
            Set.of(
                    "boolean",
                    "callable",
                    "defined",
                    "divisibleby",
                    "eq",
                    "equalto",
                    "==",
                    "escaped",
                    "even",
                    "odd",
                    "false",
                    "true",
                    "filter",
                    "test",
                    "float",
                    "ge",
                    "gt",
                    "greaterthan",
                    ">",
                    ">=",
                    "in",
                    "integer",
                    "iterable",
                    "le",
                    "lt",
                    "lessthan",
                    "<",
                    "<=",
                    "lower",
                    "upper",
                    "mapping",
                    "ne",
                    "!=",
                    "none",
                    "number",
                    "sameas",
                    "sequence",
                    "string",
                    "undefined");

    private final Budget budget;
    private final Comparison comparison;

    Tests(Budget budget) {
        this.budget = budget;
        this.comparison = new Comparison(budget);
    }

    boolean passes(String name, Value value, Arguments given) {
        if (!NAMES.contains(name)) {
            throw Problem.unsupported("the test '" + name + "'");
        }
        budget.scan(value);
        return switch (name) {
            case "divisibleby",
                    "eq",
                    "equalto",
                    "==",
                    "ne",
                    "!=",
                    "ge",
                    ">=",
                    "gt",
                    "greaterthan",
                    ">",
                    "le",
                    "<=",
                    "lt",
                    "lessthan",
                    "<",
                    "in",
                    "sameas" -> {
                given.expect("the test '" + name + "'", 1, "other");
                yield compares(name, value, given.get(0, "other", Value.None.NONE));
            }
            default -> {
                given.expect("the test '" + name + "'", 0);
                yield is(name, value);
            }
        };
    }

    private boolean compares(String name, Value value, Value other) {
        return switch (name) {
            case "divisibleby" ->
                    Numbers.integer(
                                    new Arithmetic(budget)
                                            .apply(Arithmetic.Operator.REMAINDER, value, other))
                            == 0;
            case "eq", "equalto", "==" -> comparison.equal(value, other);
            case "ne", "!=" -> !comparison.equal(value, other);
            case "ge", ">=" -> comparison.less(value, other, ">=");
            case "gt", "greaterthan", ">" -> comparison.less(value, other, ">");
            case "le", "<=" -> comparison.less(value, other, "<=");
            case "lt", "lessthan", "<" -> comparison.less(value, other, "<");
            case "in" -> comparison.contains(other, value);
            default -> isSame(value, other);
        };
    }

    /// Python's `is` for what templates compare with it: the constants and small numbers.
    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(Value value, Value other) {
        boolean scalar =
                value instanceof Value.None
                        || value instanceof Value.Bool
                        || value instanceof Value.Int
                        || value instanceof Value.Text;
        return value == other
                || (scalar && value.type().equals(other.type()) && comparison.equal(value, other));
    }

    private boolean is(String name, Value value) {
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value instanceof Value.None;
            case "boolean" -> value instanceof Value.Bool;
            case "true" -> value instanceof Value.Bool bool && bool.value();
            case "false" -> value instanceof Value.Bool bool && !bool.value();
            case "integer" -> value instanceof Value.Int;
            case "float" -> value instanceof Value.Real;
            case "number" -> Numbers.isNumber(value);
            case "string" -> value instanceof Value.Text;
            case "mapping" -> value instanceof Value.Dict;
            case "iterable" -> Sequences.isIterable(value);
            case "sequence" -> isSequence(value);
            case "callable" -> isCallable(value);
            case "even" -> remainder(value) == 0;
            case "odd" -> remainder(value) == 1;
            case "lower" -> Case.isLower(Printer.text(value, budget));
            case "upper" -> Case.isUpper(Printer.text(value, budget));
            case "filter" -> value instanceof Value.Text text && Filters.knows(text.value());
            case "test" -> value instanceof Value.Text text && NAMES.contains(text.value());
            default -> value instanceof Value.Text text && text.safe(); // "escaped"
        };
    }

    private long remainder(Value value) {
        return Numbers.integer(
                new Arithmetic(budget).apply(Arithmetic.Operator.REMAINDER, value, Value.of(2)));
    }

    private static boolean isSequence(Value value) {
        return value instanceof Value.Text
                || value instanceof Value.Items
                || value instanceof Value.Tuple
                || value instanceof Value.Dict
                || value instanceof Value.Range
                || value instanceof Value.Undefined;
    }

    private static boolean isCallable(Value value) {
        // Jinja's undefined values have a method to be called with, which then fails.
        return value instanceof Value.Method
                || value instanceof Value.Function
                || value instanceof Value.Undefined
                || value instanceof Macro
                || value instanceof Loop;
    }
}
