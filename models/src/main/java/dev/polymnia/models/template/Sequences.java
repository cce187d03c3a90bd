package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.List;

/// What Python's `bool`, `len` and `iter` say about a value.
final class Sequences {
    private Sequences() {}

    static boolean truth(Value value) {
        return switch (value) {
            case Value.None _, Value.Undefined _ -> false;
            case Value.Bool bool -> bool.value();
            case Value.Int number -> number.value() != 0;
            case Value.Real number -> number.value() != 0;
            case Value.Text text -> !text.value().isEmpty();
            case Value.Items list -> !list.values().isEmpty();
            case Value.Tuple tuple -> !tuple.values().isEmpty();
            case Value.Dict dict -> !dict.entries().isEmpty();
            case Value.Range range -> range.size() > 0;
            case Value.View view -> !view.values().isEmpty();
            case Value.Method _, Value.Function _, Generator _, Namespace _, Macro _, Loop _ ->
                    true;
        };
    }

    static long length(Value value) {
        return switch (value) {
            case Value.Text text -> Text.length(text.value());
            case Value.Items list -> list.values().size();
            case Value.Tuple tuple -> tuple.values().size();
            case Value.Dict dict -> dict.entries().size();
            case Value.Range range -> range.size();
            case Value.View view -> view.values().size();
            case Value.Undefined _ -> 0;
            case Loop loop -> loop.length();
            case Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Method _,
                    Value.Function _,
                    Generator _,
                    Namespace _,
                    Macro _ ->
                    throw Problem.failed("object of type '" + value.type() + "' has no len()");
        };
    }

    static boolean isIterable(Value value) {
        return switch (value) {
            case Value.Text _,
                    Value.Items _,
                    Value.Tuple _,
                    Value.Dict _,
                    Value.Range _,
                    Value.View _,
                    Value.Undefined _,
                    Generator _,
                    Loop _ ->
                    true;
            case Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Method _,
                    Value.Function _,
                    Namespace _,
                    Macro _ ->
                    false;
        };
    }

    /// Returns what iterating over a value yields; a generator is used up by it.
    static List<Value> iterate(Value value, Budget budget) {
        return switch (value) {
            case Value.Items list -> list.values();
            case Value.Tuple tuple -> tuple.values();
            case Value.View view -> view.values();
            case Generator generator -> generator.drain();
            case Value.Undefined _ -> List.of();
            case Value.Dict dict -> {
                budget.spend(dict.entries().size());
                yield new ArrayList<>(dict.entries().keySet());
            }
            case Value.Text text -> {
                // A string of its own for every character costs many times the character.
                budget.spend(8L * text.value().length());
                yield Text.characters(text.value());
            }
            case Value.Range range -> {
                budget.spend(4L * range.size());
                List<Value> numbers = new ArrayList<>(range.size());
                for (int index = 0; index < range.size(); index++) {
                    numbers.add(range.at(index));
                }
                yield numbers;
            }
            case Value.None _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Method _,
                    Value.Function _,
                    Namespace _,
                    Macro _,
                    Loop _ ->
                    throw Problem.failed("'" + value.type() + "' object is not iterable");
        };
    }
}
