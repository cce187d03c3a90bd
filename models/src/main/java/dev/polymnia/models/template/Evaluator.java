package dev.polymnia.models.template;

import dev.polymnia.models.template.Expression.Comparand;
import dev.polymnia.models.template.Expression.Given;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes the values of expressions for one rendering.
final class Evaluator {
    private static final Set<String> UNSUPPORTED_GLOBALS = Set.of("cycler", "joiner", "lipsum");

    private final Source source;
    private final Budget budget;
    private final Renderer renderer;
    private final Arithmetic arithmetic;
    private final Comparison comparison;
    private final Filters filters;
    private final Functions functions;

    Evaluator(Source source, Budget budget, Renderer renderer, LocalDateTime now) {
        this.source = source;
        this.budget = budget;
        this.renderer = renderer;
        this.arithmetic = new Arithmetic(budget);
        this.comparison = new Comparison(budget);
        this.filters = new Filters(budget);
        this.functions = new Functions(budget, now);
    }

    Value evaluate(Expression expression, Scope scope) {
        try {
            budget.enter();
            Value value = compute(expression, scope);
            budget.leave();
            return value;
        } catch (Problem problem) {
            throw source.fault(problem, expression.at());
        }
    }

    boolean test(Expression expression, Scope scope) {
        return Sequences.truth(evaluate(expression, scope));
    }

    private Value compute(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> lookup(name.name(), scope);
            case Expression.Attribute attribute ->
                    Subscript.attribute(evaluate(attribute.owner(), scope), attribute.name());
            case Expression.Item item -> {
                Value owner = evaluate(item.owner(), scope);
                budget.scan(owner);
                yield Subscript.item(owner, evaluate(item.key(), scope));
            }
            case Expression.Range range -> slice(range, scope);
            case Expression.Call call ->
                    call(evaluate(call.function(), scope), arguments(call.given(), scope));
            case Expression.Filter filter ->
                    filter(evaluate(filter.input(), scope), filter.filter(), scope);
            case Expression.Test test -> {
                Value input = evaluate(test.input(), scope);
                Arguments given = arguments(test.test().given(), scope);
                yield Value.of(filters.tests().passes(test.test().name(), input, given));
            }
            case Expression.Not not -> Value.of(!test(not.operand(), scope));
            case Expression.Negative negative ->
                    arithmetic.negate(evaluate(negative.operand(), scope));
            case Expression.Positive positive ->
                    arithmetic.plus(evaluate(positive.operand(), scope));
            case Expression.Binary binary ->
                    arithmetic.apply(
                            binary.operator(),
                            evaluate(binary.left(), scope),
                            evaluate(binary.right(), scope));
            case Expression.And and -> {
                Value left = evaluate(and.left(), scope);
                yield Sequences.truth(left) ? evaluate(and.right(), scope) : left;
            }
            case Expression.Or or -> {
                Value left = evaluate(or.left(), scope);
                yield Sequences.truth(left) ? left : evaluate(or.right(), scope);
            }
            case Expression.Compare compare -> Value.of(compare(compare, scope));
            case Expression.Concatenation concatenation -> concatenate(concatenation, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Items items -> Value.of(list(items.items(), scope));
            case Expression.Tuple tuple -> new Value.Tuple(list(tuple.items(), scope));
            case Expression.Dict dict -> dict(dict, scope);
        };
    }

    private Value lookup(String name, Scope scope) {
        Value value = scope.find(name);
        if (value != null) {
            return value;
        }
        if (Functions.NAMES.contains(name)) {
            return new Value.Function(name);
        }
        if (UNSUPPORTED_GLOBALS.contains(name)) {
            throw Problem.unsupported("the function '" + name + "'");
        }
        return Value.Undefined.named(name);
    }

    private Value slice(Expression.Range range, Scope scope) {
        return Subscript.slice(
                evaluate(range.owner(), scope),
                optional(range.from(), scope),
                optional(range.to(), scope),
                optional(range.step(), scope),
                budget);
    }

    private @Nullable Value optional(@Nullable Expression expression, Scope scope) {
        return expression == null ? null : evaluate(expression, scope);
    }

    private boolean compare(Expression.Compare compare, Scope scope) {
        Value left = evaluate(compare.first(), scope);
        for (Comparand comparand : compare.rest()) {
            Value right = evaluate(comparand.operand(), scope);
            if (!holds(left, comparand.operator(), right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private boolean holds(Value left, String operator, Value right) {
        return switch (operator) {
            case "==" -> comparison.equal(left, right);
            case "!=" -> !comparison.equal(left, right);
            case "in" -> comparison.contains(right, left);
            case "not in" -> !comparison.contains(right, left);
            default -> comparison.less(left, right, operator);
        };
    }

    private Value concatenate(Expression.Concatenation concatenation, Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Expression part : concatenation.parts()) {
            String added = Printer.text(evaluate(part, scope), budget);
            budget.text(added.length());
            text.append(added);
        }
        return Value.of(text.toString());
    }

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        if (test(conditional.test(), scope)) {
            return evaluate(conditional.then(), scope);
        }
        return conditional.otherwise() == null
                ? new Value.Undefined("the inline if without else has no value")
                : evaluate(conditional.otherwise(), scope);
    }

    private List<Value> list(List<Expression> expressions, Scope scope) {
        // An empty list weighs as much as several steps.
        budget.spend(8);
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(evaluate(expression, scope));
        }
        return values;
    }

    private Value dict(Expression.Dict dict, Scope scope) {
        budget.spend(16);
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Expression.Pair pair : dict.pairs()) {
            Value key = Value.Dict.key(evaluate(pair.key(), scope));
            entries.put(key, evaluate(pair.value(), scope));
        }
        return new Value.Dict(entries);
    }

    Value filter(Value input, Expression.Applied filter, Scope scope) {
        return filters.apply(filter.name(), input, arguments(filter.given(), scope));
    }

    Arguments arguments(Given given, Scope scope) {
        if (given.isNothing()) {
            return Arguments.NONE;
        }
        List<Value> positional = list(given.positional(), scope);
        if (given.list() != null) {
            positional.addAll(Sequences.iterate(evaluate(given.list(), scope), budget));
            budget.spend(positional.size());
        }
        Map<String, Value> named = new LinkedHashMap<>();
        for (Expression.Named argument : given.named()) {
            if (named.put(argument.name(), evaluate(argument.value(), scope)) != null) {
                throw Problem.failed("keyword argument repeated: '" + argument.name() + "'");
            }
        }
        if (given.dict() != null) {
            unpack(evaluate(given.dict(), scope), named);
        }
        return new Arguments(positional, named);
    }

    private void unpack(Value value, Map<String, Value> named) {
        if (!(value instanceof Value.Dict dict)) {
            throw Problem.failed("argument after ** must be a mapping, not " + value.type());
        }
        budget.spend(dict.entries().size());
        dict.entries()
                .forEach((key, argument) -> {
                    boolean taken =
                            !(key instanceof Value.Text name)
                                    || named.put(name.value(), argument) != null;
                    if (taken) {
                        throw Problem.failed("arguments after ** must have unique names");
                    }
                });
    }

    Value call(Value function, Arguments given) {
        return switch (function) {
            case Macro macro -> renderer.call(macro, given);
            case Value.Method method when method.owner() instanceof Loop loop ->
                    loop.call(method.name(), given, comparison);
            case Value.Method method -> Methods.call(method, given, budget);
            case Value.Function global -> functions.call(global.name(), given);
            case Loop loop -> {
                given.expect("loop", 1, "iterable");
                yield renderer.recurse(loop, given.get(0, "iterable", Value.None.NONE));
            }
            case Value.Undefined undefined -> throw undefined.problem();
            case Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Text _,
                    Value.Items _,
                    Value.Tuple _,
                    Value.Dict _,
                    Value.Range _,
                    Value.View _,
                    Generator _,
                    Namespace _ ->
                    throw Problem.failed("'" + function.type() + "' object is not callable");
        };
    }
}
