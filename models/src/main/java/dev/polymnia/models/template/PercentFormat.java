package dev.polymnia.models.template;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's `format % values`.
final class PercentFormat {
    private static final Pattern PLACE =
            Pattern.compile(
                    "%(?:\\(([^)]*+)\\))?([-+ #0]*+)(\\d{1,6})?(?:\\.(\\d{1,4})?+)?([hlL]?)(.)?",
                    Pattern.DOTALL);

    private final Value.@Nullable Dict named;
    private final Iterator<Value> positional;
    private final Budget budget;

    private PercentFormat(Value.@Nullable Dict named, List<Value> positional, Budget budget) {
        this.named = named;
        this.positional = positional.iterator();
        this.budget = budget;
    }

    static String format(String format, Value values, Budget budget) {
        Value.Dict named = values instanceof Value.Dict dict ? dict : null;
        List<Value> positional =
                values instanceof Value.Tuple tuple ? tuple.values() : List.of(values);
        PercentFormat formatter = new PercentFormat(named, positional, budget);
        String text = formatter.run(format);
        if (named == null && formatter.positional.hasNext()) {
            throw Problem.failed("not all arguments converted during string formatting");
        }
        return text;
    }

    private String run(String format) {
        budget.text(format.length());
        StringBuilder out = new StringBuilder();
        Matcher matcher = PLACE.matcher(format);
        int from = 0;
        while (matcher.find(from)) {
            out.append(format, from, matcher.start());
            String text = place(matcher);
            budget.text(text.length());
            out.append(text);
            from = matcher.end();
        }
        return out.append(format, from, format.length()).toString();
    }

    private String place(Matcher place) {
        String letter = place.group(6);
        if (letter == null) {
            throw Problem.failed("incomplete format");
        }
        char type = letter.charAt(0);
        if (type == '%') {
            return "%";
        }
        Value value = value(place.group(1));
        return spec(place, type).apply(converted(value, type), budget);
    }

    private Value value(@Nullable String name) {
        if (name != null) {
            Value value = named == null ? null : named.find(name);
            if (value == null) {
                throw Problem.failed("format lacks the value '" + name + "'");
            }
            return value;
        }
        if (!positional.hasNext()) {
            throw Problem.failed("not enough arguments for format string");
        }
        return positional.next();
    }

    private Value converted(Value value, char type) {
        return switch (type) {
            case 's' -> Value.of(Printer.text(value, budget));
            case 'r', 'a' -> Value.of(Printer.source(value, budget));
            case 'c' -> value;
            case 'd', 'i', 'u', 'x', 'X', 'o' -> {
                if (value instanceof Value.Real real && "diu".indexOf(type) >= 0) {
                    yield Value.of((long) real.value());
                }
                yield Value.of(Numbers.integer(value));
            }
            case 'e', 'E', 'f', 'F', 'g', 'G' -> Value.of(Numbers.real(value));
            default -> throw Problem.failed("unsupported format character '" + type + "'");
        };
    }

    private static FormatSpec spec(Matcher place, char type) {
        String flags = place.group(2);
        boolean text = "srac".indexOf(type) >= 0;
        boolean left = flags.contains("-");
        boolean zeros = flags.contains("0") && !left && !text;
        char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
        boolean precise = place.group(4) != null && "diuxXoc".indexOf(type) < 0;
        return new FormatSpec(
                zeros ? "0" : " ",
                left ? '<' : zeros ? '=' : '>',
                sign,
                flags.contains("#"),
                place.group(3) == null ? 0 : Integer.parseInt(place.group(3)),
                "",
                precise ? Integer.parseInt(place.group(4)) : -1,
                text ? 's' : "iu".indexOf(type) >= 0 ? 'd' : type);
    }
}
