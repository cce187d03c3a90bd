package dev.polymnia.models.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes values as Python's `str` and `repr` do.
final class Printer {
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();

    private Printer(Budget budget) {
        this.budget = budget;
    }

    /// Returns what printing a value shows.
    static String text(Value value, Budget budget) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Undefined) {
            return "";
        }
        return source(value, budget);
    }

    /// Returns a value as one would write it in a program; strings get quotes.
    static String source(Value value, Budget budget) {
        Printer printer = new Printer(budget);
        printer.write(value);
        return printer.out.toString();
    }

    private void write(Value value) {
        switch (value) {
            case Value.None _ -> append("None");
            case Value.Undefined _ -> append("Undefined");
            case Value.Bool bool -> append(bool.value() ? "True" : "False");
            case Value.Int number -> append(Long.toString(number.value()));
            case Value.Real number -> append(Numbers.text(number.value()));
            case Value.Text text -> {
                // Escapes make a string up to five times as long.
                budget.text(5L * text.value().length());
                String quoted = quoted(text.value());
                append(text.safe() ? "Markup(" + quoted + ")" : quoted);
            }
            case Value.Items list -> list("[", list.values(), "]");
            case Value.Tuple tuple ->
                    list("(", tuple.values(), tuple.values().size() == 1 ? ",)" : ")");
            case Value.Dict dict -> dict(dict.entries());
            case Value.Range range -> append(range(range));
            case Value.View view -> list(view.name() + "([", view.values(), "])");
            case Namespace namespace -> {
                // A namespace can hold itself.
                budget.enter();
                append("<Namespace ");
                write(namespace.attributes());
                append(">");
                budget.leave();
            }
            case Macro macro -> append("<Macro '" + macro.name() + "'>");
            case Value.Method _, Value.Function _, Generator _, Loop _ ->
                    append("<" + value.type() + ">");
        }
    }

    private void append(String text) {
        budget.text(text.length());
        out.append(text);
    }

    private void list(String open, List<Value> values, String close) {
        budget.enter();
        append(open);
        for (int index = 0; index < values.size(); index++) {
            append(index == 0 ? "" : ", ");
            write(values.get(index));
        }
        append(close);
        budget.leave();
    }

    private void dict(Map<Value, Value> entries) {
        budget.enter();
        append("{");
        Iterator<Map.Entry<Value, Value>> rest = entries.entrySet().iterator();
        while (rest.hasNext()) {
            Map.Entry<Value, Value> entry = rest.next();
            write(entry.getKey());
            append(": ");
            write(entry.getValue());
            append(rest.hasNext() ? ", " : "");
        }
        append("}");
        budget.leave();
    }

    private static String range(Value.Range range) {
        long stop = range.start() + range.step() * range.size();
        String step = range.step() == 1 ? "" : ", " + range.step();
        return "range(" + range.start() + ", " + stop + step + ")";
    }

    static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(character -> quote(character, quote, quoted));
        return quoted.append(quote).toString();
    }

    private static void quote(int character, char quote, StringBuilder out) {
        if (character == quote || character == '\\') {
            out.append('\\').append((char) character);
        } else if (character == '\n') {
            out.append("\\n");
        } else if (character == '\r') {
            out.append("\\r");
        } else if (character == '\t') {
            out.append("\\t");
        } else if (isPrintable(character)) {
            out.appendCodePoint(character);
        } else if (character < 0x100) {
            out.append("\\x%02x".formatted(character));
        } else {
            out.append((character < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(character));
        }
    }

    static boolean isPrintable(int character) {
        if (character >= ' ' && character < 127) {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
