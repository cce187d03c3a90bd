package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The filters on lists, dictionaries and what else has elements.
final class SequenceFilters {
    static final Set<String> NAMES =
            Set.of(
                    "batch",
                    "count",
                    "dictsort",
                    "first",
                    "items",
                    "join",
                    "last",
                    "length",
                    "list",
                    "max",
                    "min",
                    "reverse",
                    "slice",
                    "sort",
                    "sum",
                    "unique");

    private final Budget budget;
    private final Comparison comparison;

    SequenceFilters(Budget budget) {
        this.budget = budget;
        this.comparison = new Comparison(budget);
    }

    Value apply(String name, Value input, Arguments given) {
        return switch (name) {
            case "batch" -> batch(input, given.expect(name, 1, "linecount", "fill_with"));
            case "count", "length" -> {
                given.expect(name, 0);
                yield Value.of(Sequences.length(input));
            }
            case "dictsort" ->
                    sortedDict(input, given.expect(name, 0, "case_sensitive", "by", "reverse"));
            case "first" -> first(iterate(input), given.expect(name, 0));
            case "last" -> last(input, given.expect(name, 0));
            case "items" -> items(input, given.expect(name, 0));
            case "join" -> join(input, given.expect(name, 0, "d", "attribute"));
            case "list" -> {
                given.expect(name, 0);
                yield Value.of(new ArrayList<>(counted(iterate(input))));
            }
            case "max", "min" -> extreme(name, input, given);
            case "reverse" -> reverse(input, given.expect(name, 0));
            case "slice" -> slice(input, given.expect(name, 1, "slices", "fill_with"));
            case "sort" -> sort(input, given);
            case "sum" -> sum(input, given.expect(name, 0, "attribute", "start"));
            default -> unique(input, given.expect(name, 0, "case_sensitive", "attribute"));
        };
    }

    private List<Value> iterate(Value input) {
        return Sequences.iterate(input, budget);
    }

    private List<Value> counted(List<Value> values) {
        budget.spend(values.size());
        return values;
    }

    private static Value first(List<Value> values, Arguments given) {
        return values.isEmpty()
                ? new Value.Undefined("No first item, sequence was empty.")
                : given.get(0, "first", values.getFirst());
    }

    private Value last(Value input, Arguments given) {
        if (input instanceof Generator) {
            throw Problem.failed("'generator' object is not reversible");
        }
        List<Value> values = iterate(input);
        return values.isEmpty()
                ? new Value.Undefined("No last item, sequence was empty.")
                : given.get(0, "last", values.getLast());
    }

    private Value items(Value input, Arguments given) {
        Arguments none = given.expect("items", 0);
        if (input instanceof Value.Undefined) {
            return new Generator(none.positional());
        }
        if (input instanceof Value.Dict dict) {
            budget.spend(4L * dict.entries().size());
            return new Generator(Methods.items(dict));
        }
        throw Problem.failed("Can only get item pairs from a mapping.");
    }

    private Value join(Value input, Arguments given) {
        String separator = Printer.text(given.get(0, "d", Value.of("")), budget);
        Key key = Key.of(given.find(1, "attribute"), true, budget);
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Value value : iterate(input)) {
            String text = Printer.text(key.of(value), budget);
            budget.text((long) separator.length() + text.length());
            out.append(first ? "" : separator).append(text);
            first = false;
        }
        return Value.of(out.toString());
    }

    private Value reverse(Value input, Arguments given) {
        Arguments none = given.expect("reverse", 0);
        if (input instanceof Value.Text text) {
            budget.text(text.value().length());
            return Value.of(new StringBuilder(text.value()).reverse().toString());
        }
        List<Value> values = new ArrayList<>(counted(iterate(input)));
        values.addAll(none.positional());
        Collections.reverse(values);
        return new Generator(values);
    }

    private Value sortedDict(Value input, Arguments given) {
        if (!(input instanceof Value.Dict dict)) {
            throw Problem.failed("dictsort takes a mapping, not " + input.type());
        }
        String by = given.text(1, "by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw Problem.failed("You can only sort by either \"key\" or \"value\"");
        }
        Value index = Value.of(by.equals("key") ? 0 : 1);
        Key key = Key.of(index, given.truth(0, "case_sensitive", false), budget);
        List<Value> pairs = counted(Methods.items(dict));
        return Value.of(sorted(pairs, key, given.truth(2, "reverse", false)));
    }

    private Value sort(Value input, Arguments given) {
        given.expect("sort", 0, "reverse", "case_sensitive", "attribute");
        Key key =
                Key.of(given.find(2, "attribute"), given.truth(1, "case_sensitive", false), budget);
        List<Value> values = counted(iterate(input));
        return Value.of(sorted(values, key.multiple(), given.truth(0, "reverse", false)));
    }

    private record Keyed(Value key, Value value) {}

    private List<Value> sorted(List<Value> values, Key key, boolean reverse) {
        List<Keyed> keyed = new ArrayList<>(values.size());
        for (Value value : values) {
            keyed.add(new Keyed(key.of(value), value));
        }
        Comparator<Keyed> order =
                (left, right) -> {
                    budget.spend(1);
                    return comparison.order(left.key(), right.key(), "<");
                };
        keyed.sort(reverse ? order.reversed() : order);
        List<Value> sorted = new ArrayList<>(values.size());
        keyed.forEach(each -> sorted.add(each.value()));
        return sorted;
    }

    private Value extreme(String name, Value input, Arguments given) {
        given.expect(name, 0, "case_sensitive", "attribute");
        Key key =
                Key.of(given.find(1, "attribute"), given.truth(0, "case_sensitive", false), budget);
        List<Value> values = counted(iterate(input));
        if (values.isEmpty()) {
            return new Value.Undefined("No aggregated item, sequence was empty.");
        }
        Value best = values.getFirst();
        Value bestKey = key.of(best);
        for (Value value : values.subList(1, values.size())) {
            Value other = key.of(value);
            boolean better =
                    name.equals("max")
                            ? comparison.less(other, bestKey, ">")
                            : comparison.less(other, bestKey, "<");
            best = better ? value : best;
            bestKey = better ? other : bestKey;
        }
        return best;
    }

    private Value sum(Value input, Arguments given) {
        Key key = Key.of(given.find(0, "attribute"), true, budget);
        Arithmetic arithmetic = new Arithmetic(budget);
        Value sum = given.get(1, "start", Value.of(0));
        if (sum instanceof Value.Text) {
            throw Problem.failed("sum() can't sum strings");
        }
        for (Value value : counted(iterate(input))) {
            sum = arithmetic.apply(Arithmetic.Operator.ADD, sum, key.of(value));
        }
        return sum;
    }

    private Value unique(Value input, Arguments given) {
        Key key =
                Key.of(given.find(1, "attribute"), given.truth(0, "case_sensitive", false), budget);
        List<Value> seen = new ArrayList<>();
        List<Value> unique = new ArrayList<>();
        for (Value value : iterate(input)) {
            Value wanted = key.of(value);
            budget.spend(seen.size() + 1L);
            if (seen.stream().noneMatch(other -> comparison.equal(other, wanted))) {
                seen.add(wanted);
                unique.add(value);
            }
        }
        return new Generator(unique);
    }

    private Value batch(Value input, Arguments given) {
        long size = given.integer(0, "linecount", 1);
        if (size < 1) {
            throw Problem.failed("batch needs at least one item a line");
        }
        List<Value> values = counted(iterate(input));
        List<Value> batches = new ArrayList<>();
        for (int from = 0; from < values.size(); from += (int) Math.min(size, values.size())) {
            int to = (int) Math.min(values.size(), from + size);
            List<Value> batch = new ArrayList<>(values.subList(from, to));
            if (given.has(1, "fill_with")) {
                fill(batch, size - batch.size(), given.get(1, "fill_with", Value.None.NONE));
            }
            budget.spend(8);
            batches.add(Value.of(batch));
        }
        return new Generator(batches);
    }

    private void fill(List<Value> values, long count, Value filler) {
        budget.spend(Math.max(0, count));
        for (long missing = count; missing > 0; missing--) {
            values.add(filler);
        }
    }

    private Value slice(Value input, Arguments given) {
        long count = given.integer(0, "slices", 1);
        if (count < 1) {
            throw Problem.failed("slice needs at least one slice");
        }
        List<Value> values = counted(iterate(input));
        budget.spend(Math.min(count, Long.MAX_VALUE >> 8) * 8);
        long least = values.size() / count;
        long longer = values.size() % count;
        List<Value> slices = new ArrayList<>();
        int from = 0;
        for (long index = 0; index < count; index++) {
            int to = (int) (from + least + (index < longer ? 1 : 0));
            List<Value> slice = new ArrayList<>(values.subList(from, to));
            if (given.has(1, "fill_with") && index >= longer) {
                slice.add(given.get(1, "fill_with", Value.None.NONE));
            }
            slices.add(Value.of(slice));
            from = to;
        }
        return new Generator(slices);
    }
}
