package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What Python's `Markup` does, which `safe` and `escape` return: whatever is added to a text that
/// is marked as safe gets escaped, and the result is marked in turn. Templates that only wanted to
/// print JSON depend on it.
final class Markup {
    private static final Set<String> ESCAPING =
            Set.of(
                    "capitalize",
                    "title",
                    "lower",
                    "upper",
                    "replace",
                    "ljust",
                    "rjust",
                    "lstrip",
                    "rstrip",
                    "center",
                    "strip",
                    "swapcase",
                    "zfill",
                    "casefold",
                    "removeprefix",
                    "removesuffix");

    private Markup() {}

    static String escape(String text, Budget budget) {
        budget.text(6L * text.length());
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    /// Returns a text that may be added to one that is marked as safe.
    static Value.Text escaped(Value.Text text, Budget budget) {
        return text.safe() ? text : new Value.Text(escape(text.value(), budget), true);
    }

    /// Calls a method of a string that is marked as safe.
    static Value call(Value.Text owner, String name, Arguments given, Budget budget) {
        if (name.equals("format")) {
            throw Problem.unsupported("'format' of a text that 'safe' has marked");
        }
        Arguments arguments = given;
        if (ESCAPING.contains(name)) {
            arguments = escaped(given, budget);
        } else if (name.equals("join")) {
            given.expect(name, 1, "iterable");
            Value parts = given.get(0, "iterable", Value.None.NONE);
            List<Value> escaped = escaped(Sequences.iterate(parts, budget), budget);
            arguments = new Arguments(List.of(Value.of(escaped)), Map.of());
        }
        return marked(TextMethods.call(owner.value(), name, arguments, budget));
    }

    private static Arguments escaped(Arguments given, Budget budget) {
        Map<String, Value> named = new HashMap<>();
        given.named().forEach((name, value) -> named.put(name, escaped(value, budget)));
        return new Arguments(escaped(given.positional(), budget), named);
    }

    private static List<Value> escaped(List<Value> values, Budget budget) {
        List<Value> escaped = new ArrayList<>(values.size());
        values.forEach(value -> escaped.add(escaped(value, budget)));
        return escaped;
    }

    private static Value escaped(Value value, Budget budget) {
        return value instanceof Value.Text text ? escaped(text, budget) : value;
    }

    private static Value marked(Value value) {
        if (value instanceof Value.Items list) {
            return Value.of(list.values().stream().map(Markup::marked).toList());
        }
        if (value instanceof Value.Tuple tuple) {
            return new Value.Tuple(tuple.values().stream().map(Markup::marked).toList());
        }
        return value instanceof Value.Text text ? new Value.Text(text.value(), true) : value;
    }
}
