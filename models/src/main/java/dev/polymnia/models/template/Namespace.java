package dev.polymnia.models.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one object that a template may change, `namespace(…)`: it carries values out of loops.
final class Namespace implements Value {
    private final Map<String, Value> attributes = new LinkedHashMap<>();

    @Nullable Value find(String name) {
        return attributes.get(name);
    }

    void set(String name, Value value) {
        if (name.startsWith("_")) {
            throw Problem.failed(
                    "a namespace does not take '" + name + "', which begins with an underscore");
        }
        attributes.put(name, value);
    }

    /// Returns the attributes, for printing.
    Dict attributes() {
        return Dict.named(attributes);
    }
}
