package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jinja's `value.name`, `value[key]` and `value[from:to:step]`.
final class Subscript {
    private static final Set<String> DICT_METHODS =
            Set.of("copy", "fromkeys", "get", "items", "keys", "values");
    private static final Set<String> DICT_CHANGES =
            Set.of("clear", "pop", "popitem", "setdefault", "update");
    private static final Set<String> LIST_METHODS = Set.of("copy", "count", "index");
    private static final Set<String> LIST_CHANGES =
            Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");
    private static final Set<String> TUPLE_METHODS = Set.of("count", "index");

    private Subscript() {}

    /// Looks for an attribute first and for an item second, as `value.name` does.
    static Value attribute(Value owner, String name) {
        Value attribute = member(owner, name);
        if (attribute != null) {
            return attribute;
        }
        Value item = owner instanceof Value.Dict dict ? dict.find(name) : null;
        return item == null ? missing(owner, name) : item;
    }

    /// Looks for an item first and for an attribute second, as `value[key]` does.
    static Value item(Value owner, Value key) {
        Value item = element(owner, key);
        if (item != null) {
            return item;
        }
        if (key instanceof Value.Text name) {
            Value attribute = member(owner, name.value());
            return attribute == null ? missing(owner, name.value()) : attribute;
        }
        return new Value.Undefined("'" + owner.type() + " object' has no element " + brief(key));
    }

    private static String brief(Value key) {
        return key instanceof Value.Int number ? Long.toString(number.value()) : key.type();
    }

    private static Value missing(Value owner, String name) {
        return owner instanceof Value.None
                ? new Value.Undefined("'None' has no attribute '" + name + "'")
                : Value.Undefined.attribute(owner, name);
    }

    /// Returns what Python's `getattr` finds.
    static @Nullable Value member(Value owner, String name) {
        return switch (owner) {
            case Value.Undefined undefined -> throw undefined.problem();
            case Value.Dict _ -> method(owner, name, DICT_METHODS, DICT_CHANGES);
            case Value.Items _ -> method(owner, name, LIST_METHODS, LIST_CHANGES);
            case Value.Tuple _, Value.Range _ -> method(owner, name, TUPLE_METHODS, Set.of());
            case Value.Text _ -> method(owner, name, TextMethods.NAMES, Set.of());
            case Value.Function _ -> method(owner, name, Set.of("fromkeys"), Set.of());
            case Namespace namespace -> namespace.find(name);
            case Macro macro -> name.equals("name") ? Value.of(macro.name()) : null;
            case Loop loop -> loop.attribute(name);
            case Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.View _,
                    Value.Method _,
                    Generator _ ->
                    null;
        };
    }

    private static @Nullable Value method(
            Value owner, String name, Set<String> methods, Set<String> changes) {
        if (methods.contains(name)) {
            return new Value.Method(owner, name);
        }
        if (changes.contains(name)) {
            return new Value.Undefined(
                    "access to attribute '%s' of '%s' object is unsafe"
                            .formatted(name, owner.type()));
        }
        return null;
    }

    private static @Nullable Value element(Value owner, Value key) {
        if (owner instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        if (owner instanceof Value.Dict dict) {
            boolean hashable =
                    !(key instanceof Value.Items || key instanceof Value.Dict)
                            && !(key instanceof Value.Undefined);
            return hashable ? dict.entries().get(Value.Dict.key(key)) : null;
        }
        if (!Numbers.isInteger(key)) {
            return null;
        }
        long index = Numbers.integer(key);
        return switch (owner) {
            case Value.Items list -> at(list.values(), index);
            case Value.Tuple tuple -> at(tuple.values(), index);
            case Value.Text text -> character(text, index);
            case Value.Range range -> {
                long position = index < 0 ? index + range.size() : index;
                boolean exists = position >= 0 && position < range.size();
                yield exists ? range.at((int) position) : null;
            }
            default -> null;
        };
    }

    private static @Nullable Value at(List<Value> values, long index) {
        long position = index < 0 ? index + values.size() : index;
        return position >= 0 && position < values.size() ? values.get((int) position) : null;
    }

    private static @Nullable Value character(Value.Text owner, long index) {
        String text = owner.value();
        int length = Text.length(text);
        long position = index < 0 ? index + length : index;
        if (position < 0 || position >= length) {
            return null;
        }
        int start = Text.offset(text, (int) position);
        String character = text.substring(start, text.offsetByCodePoints(start, 1));
        return new Value.Text(character, owner.safe());
    }

    static Value slice(
            Value owner,
            @Nullable Value from,
            @Nullable Value to,
            @Nullable Value step,
            Budget budget) {
        return switch (owner) {
            case Value.Undefined undefined -> throw undefined.problem();
            case Value.Text text ->
                    new Value.Text(text(text.value(), from, to, step, budget), text.safe());
            case Value.Items list -> Value.of(list(list.values(), from, to, step, budget));
            case Value.Range _ -> {
                List<Value> numbers = Sequences.iterate(owner, budget);
                yield Value.of(list(numbers, from, to, step, budget));
            }
            case Value.Tuple tuple -> new Value.Tuple(list(tuple.values(), from, to, step, budget));
            default -> new Value.Undefined("'" + owner.type() + "' object has no elements");
        };
    }

    private static List<Value> list(
            List<Value> values,
            @Nullable Value from,
            @Nullable Value to,
            @Nullable Value step,
            Budget budget) {
        Slice slice = Slice.of(from, to, step, values.size());
        budget.spend(slice.size());
        List<Value> sliced = new ArrayList<>(slice.size());
        for (int index = 0; index < slice.size(); index++) {
            sliced.add(values.get(slice.at(index)));
        }
        return sliced;
    }

    private static String text(
            String text,
            @Nullable Value from,
            @Nullable Value to,
            @Nullable Value step,
            Budget budget) {
        Slice slice = Slice.of(from, to, step, Text.length(text));
        budget.text(text.length());
        if (slice.size() == 0) {
            return "";
        }
        if (slice.step() == 1) {
            int start = Text.offset(text, slice.start());
            return text.substring(start, text.offsetByCodePoints(start, slice.size()));
        }
        int[] characters = text.codePoints().toArray();
        StringBuilder sliced = new StringBuilder(slice.size());
        for (int index = 0; index < slice.size(); index++) {
            sliced.appendCodePoint(characters[slice.at(index)]);
        }
        return sliced.toString();
    }
}
