package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values as Python's `json.dumps` does, which is what `tojson` is in chat templates.
final class JsonText {
    private final Style style;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();

    /// The arguments of `json.dumps` that templates use.
    ///
    /// @param ascii whether to escape what is not ASCII
    /// @param indent what one level is indented by; none means everything on one line
    /// @param itemSeparator what goes between two elements
    /// @param keySeparator what goes between a key and its value
    /// @param sorted whether keys are sorted
    record Style(
            boolean ascii,
            @Nullable String indent,
            String itemSeparator,
            String keySeparator,
            boolean sorted) {}

    private JsonText(Style style, Budget budget) {
        this.style = style;
        this.budget = budget;
    }

    static String of(Value value, Style style, Budget budget) {
        JsonText json = new JsonText(style, budget);
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Value value, int level) {
        switch (value) {
            case Value.None _ -> append("null");
            case Value.Bool bool -> append(bool.value() ? "true" : "false");
            case Value.Int number -> append(Long.toString(number.value()));
            case Value.Real number -> append(real(number.value()));
            case Value.Text text -> string(text.value());
            case Value.Items list -> list(list.values(), level);
            case Value.Tuple tuple -> list(tuple.values(), level);
            case Value.Dict dict -> dict(dict, level);
            case Value.Undefined _,
                    Value.Range _,
                    Value.View _,
                    Value.Method _,
                    Value.Function _,
                    Generator _,
                    Namespace _,
                    Macro _,
                    Loop _ ->
                    throw Problem.failed(
                            "Object of type " + value.type() + " is not JSON serializable");
        }
    }

    private void append(String text) {
        budget.text(text.length());
        out.append(text);
    }

    private static String real(double number) {
        return switch (Numbers.text(number)) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            case String text -> text;
        };
    }

    private void list(List<Value> values, int level) {
        if (values.isEmpty()) {
            append("[]");
            return;
        }
        budget.enter();
        append("[");
        for (int index = 0; index < values.size(); index++) {
            append(index == 0 ? "" : style.itemSeparator());
            newline(level + 1);
            write(values.get(index), level + 1);
        }
        newline(level);
        append("]");
        budget.leave();
    }

    private void dict(Value.Dict dict, int level) {
        if (dict.entries().isEmpty()) {
            append("{}");
            return;
        }
        budget.enter();
        append("{");
        boolean first = true;
        for (Map.Entry<Value, Value> entry : entries(dict)) {
            append(first ? "" : style.itemSeparator());
            newline(level + 1);
            key(entry.getKey());
            append(style.keySeparator());
            write(entry.getValue(), level + 1);
            first = false;
        }
        newline(level);
        append("}");
        budget.leave();
    }

    private List<Map.Entry<Value, Value>> entries(Value.Dict dict) {
        List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
        if (style.sorted()) {
            Comparison comparison = new Comparison(budget);
            entries.sort((a, b) -> comparison.order(a.getKey(), b.getKey(), "<"));
        }
        return entries;
    }

    private void key(Value key) {
        if (key instanceof Value.Text text) {
            string(text.value());
            return;
        }
        append("\"");
        write(key, 0);
        append("\"");
    }

    private void newline(int level) {
        if (style.indent() != null) {
            budget.text((long) style.indent().length() * level + 1);
            out.append('\n').repeat(style.indent(), level);
        }
    }

    private void string(String text) {
        budget.text(text.length() + 2L);
        out.append('"');
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < ' '
                    || character == '"'
                    || character == '\\'
                    || (style.ascii() && character > '~')) {
                out.append(text, from, at);
                escape(character);
                from = at + 1;
            }
        }
        out.append(text, from, text.length()).append('"');
    }

    private void escape(char character) {
        switch (character) {
            case '"', '\\' -> out.append('\\').append(character);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                budget.text(6);
                out.append("\\u%04x".formatted((int) character));
            }
        }
    }
}
