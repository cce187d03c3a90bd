package dev.polymnia.models.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of a block; what it does not know, the scope around it may.
final class Scope {
    private final @Nullable Scope parent;
    private final Map<String, Value> variables;

    Scope(Map<String, Value> variables) {
        this.parent = null;
        this.variables = variables;
    }

    private Scope(Scope parent) {
        this.parent = parent;
        this.variables = new HashMap<>();
    }

    Scope inner() {
        return new Scope(this);
    }

    @Nullable Value find(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Value value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }
}
