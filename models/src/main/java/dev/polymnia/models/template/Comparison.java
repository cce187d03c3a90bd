package dev.polymnia.models.template;

import java.util.List;
import java.util.Map;

/// Python's `==`, `<` and `in`.
final class Comparison {
    private final Budget budget;

    Comparison(Budget budget) {
        this.budget = budget;
    }

    // The equals methods of records recurse without bound, so identity is the only shortcut.
    @SuppressWarnings("ReferenceEquality")
    boolean equal(Value left, Value right) {
        if (left == right) {
            return true;
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right) == 0 && !Numbers.isNan(left);
        }
        return switch (left) {
            case Value.None _ -> right instanceof Value.None;
            case Value.Undefined _ -> right instanceof Value.Undefined;
            case Value.Text text -> right instanceof Value.Text other && equal(text, other);
            case Value.Items list ->
                    right instanceof Value.Items other && equal(list.values(), other.values());
            case Value.Tuple tuple ->
                    right instanceof Value.Tuple other && equal(tuple.values(), other.values());
            case Value.Dict dict ->
                    right instanceof Value.Dict other && equal(dict.entries(), other.entries());
            case Value.Range range -> range.equals(right);
            case Value.Function function -> function.equals(right);
            case Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.View _,
                    Value.Method _,
                    Generator _,
                    Namespace _,
                    Macro _,
                    Loop _ ->
                    false;
        };
    }

    private boolean equal(Value.Text left, Value.Text right) {
        if (left.value().length() != right.value().length()) {
            return false;
        }
        budget.scan(left);
        return left.value().equals(right.value());
    }

    private boolean equal(List<Value> left, List<Value> right) {
        if (left.size() != right.size()) {
            return false;
        }
        budget.enter();
        for (int index = 0; index < left.size(); index++) {
            budget.spend(1);
            if (!equal(left.get(index), right.get(index))) {
                budget.leave();
                return false;
            }
        }
        budget.leave();
        return true;
    }

    private boolean equal(Map<Value, Value> left, Map<Value, Value> right) {
        if (left.size() != right.size()) {
            return false;
        }
        budget.enter();
        for (Map.Entry<Value, Value> entry : left.entrySet()) {
            budget.spend(1);
            Value other = right.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                budget.leave();
                return false;
            }
        }
        budget.leave();
        return true;
    }

    /// Says how two values sort; whoever calls names the operator for the error message.
    int order(Value left, Value right, String operator) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        if (left instanceof Value.Text text && right instanceof Value.Text other) {
            budget.scan(left);
            return Text.compare(text.value(), other.value());
        }
        if (left instanceof Value.Items list && right instanceof Value.Items other) {
            return order(list.values(), other.values(), operator);
        }
        if (left instanceof Value.Tuple tuple && right instanceof Value.Tuple other) {
            return order(tuple.values(), other.values(), operator);
        }
        if (left instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        if (right instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        throw Problem.failed(
                "'%s' not supported between instances of '%s' and '%s'"
                        .formatted(operator, left.type(), right.type()));
    }

    private int order(List<Value> left, List<Value> right, String operator) {
        int end = Math.min(left.size(), right.size());
        budget.enter();
        for (int index = 0; index < end; index++) {
            budget.spend(1);
            if (!equal(left.get(index), right.get(index))) {
                int order = order(left.get(index), right.get(index), operator);
                budget.leave();
                return order;
            }
        }
        budget.leave();
        return Integer.compare(left.size(), right.size());
    }

    boolean less(Value left, Value right, String operator) {
        // Not a number is neither less nor more than anything.
        int order = order(left, right, operator);
        return !Numbers.isNan(left)
                && !Numbers.isNan(right)
                && switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
    }

    boolean contains(Value container, Value element) {
        return switch (container) {
            case Value.Text text -> {
                if (element instanceof Value.Text part) {
                    yield new Search(text.value(), part.value(), budget).next(0) >= 0;
                }
                throw Problem.failed(
                        "'in <string>' requires string as left operand, not " + element.type());
            }
            case Value.Dict dict -> dict.entries().containsKey(Value.Dict.key(element));
            case Value.Items _,
                    Value.Tuple _,
                    Value.Range _,
                    Value.View _,
                    Value.Undefined _,
                    Generator _ ->
                    anyEqual(Sequences.iterate(container, budget), element);
            case Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Method _,
                    Value.Function _,
                    Namespace _,
                    Macro _,
                    Loop _ ->
                    throw Problem.failed(
                            "argument of type '" + container.type() + "' is not iterable");
        };
    }

    private boolean anyEqual(List<Value> values, Value element) {
        for (Value value : values) {
            budget.spend(1);
            if (equal(value, element)) {
                return true;
            }
        }
        return false;
    }
}
