package dev.polymnia.models.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jinja's filters, `value | name(arguments)`: those for all types here, the others in
/// [TextFilters], [SequenceFilters] and [Selection].
final class Filters {
    private static final Set<String> NAMES =
            Set.of("abs", "attr", "d", "default", "float", "int", "round", "string", "tojson");

    private final Budget budget;
    private final Tests tests;
    private final TextFilters texts;
    private final SequenceFilters sequences;
    private final Selection selection;

    Filters(Budget budget) {
        this.budget = budget;
        this.tests = new Tests(budget);
        this.texts = new TextFilters(budget);
        this.sequences = new SequenceFilters(budget);
        this.selection = new Selection(budget, this);
    }

    static boolean knows(String name) {
        return NAMES.contains(name)
                || TextFilters.NAMES.contains(name)
                || SequenceFilters.NAMES.contains(name)
                || Selection.NAMES.contains(name);
    }

    Tests tests() {
        return tests;
    }

    Value apply(String name, Value input, Arguments given) {
        budget.scan(input);
        if (TextFilters.NAMES.contains(name)) {
            return texts.apply(name, input, given);
        }
        if (SequenceFilters.NAMES.contains(name)) {
            return sequences.apply(name, input, given);
        }
        if (Selection.NAMES.contains(name)) {
            return selection.apply(name, input, given);
        }
        return switch (name) {
            case "abs" -> absolute(input, given.expect(name, 0));
            case "attr" -> attribute(input, given.expect(name, 1, "name").text(0, "name", ""));
            case "d", "default" -> fallback(input, given);
            case "float" -> real(input, given.expect(name, 0, "default"));
            case "int" -> integer(input, given.expect(name, 0, "default", "base"));
            case "round" -> round(input, given.expect(name, 0, "precision", "method"));
            case "string" -> {
                given.expect(name, 0);
                yield input instanceof Value.Text ? input : Value.of(Printer.text(input, budget));
            }
            case "tojson" -> Value.of(json(input, given));
            default -> throw Problem.unsupported("the filter '" + name + "'");
        };
    }

    private Value absolute(Value input, Arguments given) {
        Value zero = given.get(0, "zero", Value.of(0));
        if (!Numbers.isNumber(input)) {
            return new Arithmetic(budget).negate(input);
        }
        boolean negative = Numbers.compare(input, zero) < 0;
        Arithmetic arithmetic = new Arithmetic(budget);
        return negative ? arithmetic.negate(input) : arithmetic.plus(input);
    }

    private static Value attribute(Value input, String name) {
        @Nullable Value member = Subscript.member(input, name);
        return member == null ? Value.Undefined.attribute(input, name) : member;
    }

    private static Value fallback(Value input, Arguments given) {
        given.expect("default", 0, "default_value", "boolean");
        boolean falsy = given.truth(1, "boolean", false) && !Sequences.truth(input);
        return input instanceof Value.Undefined || falsy
                ? given.get(0, "default_value", Value.of(""))
                : input;
    }

    private static Value real(Value input, Arguments given) {
        Value fallback = given.get(0, "default", Value.of(0.0));
        if (Numbers.isNumber(input)) {
            return Value.of(Numbers.real(input));
        }
        if (input instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        try {
            return input instanceof Value.Text text
                    ? Value.of(Numbers.parseReal(text.value()))
                    : fallback;
        } catch (NumberFormatException notANumber) {
            return fallback;
        }
    }

    private static Value integer(Value input, Arguments given) {
        Value fallback = given.get(0, "default", Value.of(0));
        if (input instanceof Value.Undefined undefined) {
            throw undefined.problem();
        }
        try {
            return switch (input) {
                case Value.Text text ->
                        Value.of(integer(text.value(), (int) given.integer(1, "base", 10)));
                case Value.Real real -> Value.of(Numbers.truncate(real.value()));
                case Value number when Numbers.isInteger(number) ->
                        Value.of(Numbers.integer(number));
                case Value _ -> fallback;
            };
        } catch (NumberFormatException notANumber) {
            return fallback;
        }
    }

    private static long integer(String text, int base) {
        try {
            return Numbers.parse(text, base);
        } catch (NumberFormatException notAnInteger) {
            return Numbers.truncate(Numbers.parseReal(text));
        }
    }

    private static Value round(Value input, Arguments given) {
        long precision = Math.clamp(given.integer(0, "precision", 0), -400, 400);
        String method = given.text(1, "method", "common");
        if (method.equals("common") && Numbers.isInteger(input) && precision >= 0) {
            return Value.of(Numbers.integer(input));
        }
        double number = Numbers.real(input);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return input;
        }
        RoundingMode mode =
                switch (method) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw Problem.failed("method must be common, ceil or floor");
                };
        BigDecimal rounded = new BigDecimal(number).setScale((int) precision, mode);
        return method.equals("common") && Numbers.isInteger(input)
                ? Value.of(rounded.longValue())
                : Value.of(rounded.doubleValue());
    }

    private String json(Value input, Arguments given) {
        given.expect("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
        String indent =
                given.has(1, "indent") ? indent(given.get(1, "indent", Value.None.NONE)) : null;
        String item = indent == null ? ", " : ",";
        String key = ": ";
        if (given.has(2, "separators")) {
            Value separators = given.get(2, "separators", Value.None.NONE);
            Arguments pair = new Arguments(Sequences.iterate(separators, budget), given.named());
            if (pair.positional().size() != 2) {
                throw Problem.failed("separators must be two strings");
            }
            item = pair.text(0, "separators", item);
            key = pair.text(1, "separators", key);
        }
        boolean ascii = given.truth(0, "ensure_ascii", false);
        boolean sorted = given.truth(3, "sort_keys", false);
        return JsonText.of(input, new JsonText.Style(ascii, indent, item, key, sorted), budget);
    }

    private String indent(Value indent) {
        if (indent instanceof Value.Text text) {
            return text.value();
        }
        long spaces = Math.max(0, Numbers.integer(indent));
        budget.text(spaces);
        return " ".repeat((int) spaces);
    }
}
