package dev.polymnia.models.template;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The functions that every chat template can call.
final class Functions {
    static final Set<String> NAMES =
            Set.of("dict", "namespace", "raise_exception", "range", "strftime_now");

    /// What the sandbox of Jinja allows.
    private static final long LONGEST_RANGE = 100_000;

    private final Budget budget;
    private final LocalDateTime now;

    Functions(Budget budget, LocalDateTime now) {
        this.budget = budget;
        this.now = now;
    }

    Value call(String name, Arguments given) {
        return switch (name) {
            case "raise_exception" -> {
                given.expect(name, 1, "message");
                Value message = given.get(0, "message", Value.None.NONE);
                throw Problem.refused(Printer.text(message, budget));
            }
            case "strftime_now" -> {
                String format = given.expect(name, 1, "format").text(0, "format", "");
                budget.text(16L * format.length());
                yield Value.of(new Strftime(now).format(format));
            }
            case "range" -> range(given);
            case "dict" -> dict(given);
            default -> namespace(given);
        };
    }

    private static Value range(Arguments given) {
        List<Value> bounds = given.expect("range", 0, "start", "stop", "step").positional();
        if (bounds.isEmpty() || !given.named().isEmpty()) {
            throw Problem.failed("range takes one to three positional arguments");
        }
        boolean single = bounds.size() == 1;
        long start = single ? 0 : Numbers.integer(bounds.get(0));
        long stop = Numbers.integer(bounds.get(single ? 0 : 1));
        long step = bounds.size() < 3 ? 1 : Numbers.integer(bounds.get(2));
        if (step == 0) {
            throw Problem.failed("the third argument of range must not be zero");
        }
        // As doubles, because the distance of two longs may not fit into one.
        double size = Math.ceil(((double) stop - start) / step);
        if (size > LONGEST_RANGE) {
            throw Problem.limit("a range has more than " + LONGEST_RANGE + " numbers");
        }
        return new Value.Range(start, step, (int) Math.max(0, size));
    }

    private Value dict(Arguments given) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (!given.positional().isEmpty()) {
            entries(given.positional().getFirst(), entries);
        }
        given.named().forEach((name, value) -> entries.put(Value.of(name), value));
        budget.spend(16 + 4L * entries.size());
        return new Value.Dict(entries);
    }

    private void entries(Value source, Map<Value, Value> entries) {
        if (source instanceof Value.Dict dict) {
            budget.spend(dict.entries().size());
            entries.putAll(dict.entries());
            return;
        }
        for (Value pair : Sequences.iterate(source, budget)) {
            budget.spend(4);
            List<Value> values = Sequences.iterate(pair, budget);
            if (values.size() != 2) {
                throw Problem.failed("a dictionary is made of pairs");
            }
            entries.put(Value.Dict.key(values.getFirst()), values.getLast());
        }
    }

    private Value namespace(Arguments given) {
        Namespace namespace = new Namespace();
        if (dict(given) instanceof Value.Dict dict) {
            dict.entries().forEach((key, value) -> namespace.set(Printer.text(key, budget), value));
        }
        return namespace;
    }
}
