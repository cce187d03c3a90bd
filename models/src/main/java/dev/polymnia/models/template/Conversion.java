package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns plain Java objects into values, once per rendering.
final class Conversion {
    private final Budget budget;

    Conversion(Budget budget) {
        this.budget = budget;
    }

    Map<String, Value> variables(Map<String, ? extends @Nullable Object> variables) {
        Map<String, Value> values = HashMap.newHashMap(variables.size());
        variables.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private Value value(@Nullable Object object) {
        return switch (object) {
            case null -> Value.None.NONE;
            case String text -> Value.of(text);
            case Boolean bool -> Value.of(bool.booleanValue());
            case Long number -> Value.of(number.longValue());
            case Integer number -> Value.of(number.longValue());
            case Short number -> Value.of(number.longValue());
            case Byte number -> Value.of(number.longValue());
            case Double number -> Value.of(number.doubleValue());
            case Float number -> Value.of(number.doubleValue());
            case List<?> list -> list(list);
            case Map<?, ?> map -> dict(map);
            default ->
                    throw new IllegalArgumentException(
                            "A template cannot take a " + object.getClass().getName() + ".");
        };
    }

    private Value list(List<?> list) {
        // Counting the depth also ends a list that contains itself.
        budget.enter();
        List<Value> values = new ArrayList<>(list.size());
        for (Object element : list) {
            budget.spend(1);
            values.add(value(element));
        }
        budget.leave();
        return Value.of(values);
    }

    private Value dict(Map<?, ?> map) {
        budget.enter();
        Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            budget.spend(1);
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("A key of a template's map is not a string.");
            }
            entries.put(Value.of(key), value(entry.getValue()));
        }
        budget.leave();
        return new Value.Dict(entries);
    }
}
