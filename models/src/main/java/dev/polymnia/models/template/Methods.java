package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The methods of strings, dictionaries and lists.
final class Methods {
    private Methods() {}

    static Value call(Value.Method method, Arguments given, Budget budget) {
        String name = method.name();
        return switch (method.owner()) {
            case Value.Text text when text.safe() -> Markup.call(text, name, given, budget);
            case Value.Text text -> TextMethods.call(text.value(), name, given, budget);
            case Value.Dict dict -> dict(dict, name, given, budget);
            case Value.Function _ -> fromKeys(given, budget);
            case Value owner -> list(owner, name, given, budget);
        };
    }

    private static Value dict(Value.Dict dict, String name, Arguments given, Budget budget) {
        if (name.equals("get")) {
            given.expect(name, 1, "key", "default");
            Value key = Value.Dict.key(given.get(0, "key", Value.None.NONE));
            Value found = dict.entries().get(key);
            return found == null ? given.get(1, "default", Value.None.NONE) : found;
        }
        if (name.equals("fromkeys")) {
            return fromKeys(given, budget);
        }
        given.expect(name, 0);
        budget.spend(4L * dict.entries().size());
        return switch (name) {
            case "items" -> new Value.View("dict_items", items(dict));
            case "keys" -> new Value.View("dict_keys", List.copyOf(dict.entries().keySet()));
            case "values" -> new Value.View("dict_values", List.copyOf(dict.entries().values()));
            default -> dict;
        };
    }

    /// Returns the pairs of a dictionary as tuples.
    static List<Value> items(Value.Dict dict) {
        List<Value> items = new ArrayList<>(dict.entries().size());
        dict.entries().forEach((key, value) -> items.add(Value.Tuple.of(key, value)));
        return items;
    }

    private static Value fromKeys(Arguments given, Budget budget) {
        given.expect("fromkeys", 1, "iterable", "value");
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value key : Sequences.iterate(given.get(0, "iterable", Value.None.NONE), budget)) {
            budget.spend(4);
            entries.put(Value.Dict.key(key), given.get(1, "value", Value.None.NONE));
        }
        return new Value.Dict(entries);
    }

    private static Value list(Value owner, String name, Arguments given, Budget budget) {
        if (name.equals("copy")) {
            given.expect(name, 0);
            return owner;
        }
        given.expect(name, 1, "value");
        Value wanted = given.get(0, "value", Value.None.NONE);
        Comparison comparison = new Comparison(budget);
        List<Value> values = Sequences.iterate(owner, budget);
        long count = 0;
        for (int index = 0; index < values.size(); index++) {
            budget.spend(1);
            if (comparison.equal(values.get(index), wanted)) {
                if (name.equals("index")) {
                    return Value.of(index);
                }
                count++;
            }
        }
        if (name.equals("index")) {
            throw Problem.failed("the list does not hold the value that 'index' looks for");
        }
        return Value.of(count);
    }
}
