package dev.polymnia.models.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The evaluated arguments of a call, a filter or a test.
///
/// @param positional the arguments without a name
/// @param named the arguments with a name
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /// Checks the arguments against what a function takes.
    ///
    /// @param function the name for the error message
    /// @param required how many of the parameters must be given
    /// @param parameters the names of the parameters in order
    Arguments expect(String function, int required, String... parameters) {
        List<String> names = Arrays.asList(parameters);
        if (positional.size() > names.size()) {
            throw Problem.failed(
                    "%s takes at most %d arguments, not %d"
                            .formatted(function, names.size(), positional.size()));
        }
        for (String name : named.keySet()) {
            int index = names.indexOf(name);
            if (index < 0 || index < positional.size()) {
                throw Problem.failed(
                        function + " got an unexpected keyword argument '" + name + "'");
            }
        }
        for (int index = 0; index < required; index++) {
            if (find(index, parameters[index]) == null) {
                throw Problem.failed(function + " lacks its argument '" + names.get(index) + "'");
            }
        }
        return this;
    }

    @Nullable Value find(int index, String name) {
        return index < positional.size() ? positional.get(index) : named.get(name);
    }

    Value get(int index, String name, Value fallback) {
        Value value = find(index, name);
        return value == null ? fallback : value;
    }

    String text(int index, String name, String fallback) {
        Value value = find(index, name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        throw Problem.failed("'" + name + "' must be str, not " + value.type());
    }

    long integer(int index, String name, long fallback) {
        Value value = find(index, name);
        return value == null ? fallback : Numbers.integer(value);
    }

    boolean truth(int index, String name, boolean fallback) {
        Value value = find(index, name);
        return value == null ? fallback : Sequences.truth(value);
    }

    /// Returns whether an argument is given and not `None`.
    boolean has(int index, String name) {
        Value value = find(index, name);
        return value != null && !(value instanceof Value.None);
    }

    /// Returns the arguments behind the first ones.
    Arguments skip(int count) {
        int from = Math.min(count, positional.size());
        return new Arguments(positional.subList(from, positional.size()), named);
    }
}
