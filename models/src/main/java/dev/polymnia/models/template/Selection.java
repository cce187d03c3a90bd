package dev.polymnia.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The filters that apply other filters or tests to every element.
final class Selection {
    static final Set<String> NAMES = Set.of("map", "reject", "rejectattr", "select", "selectattr");

    private final Budget budget;
    private final Filters filters;

    Selection(Budget budget, Filters filters) {
        this.budget = budget;
        this.filters = filters;
    }

    Value apply(String name, Value input, Arguments given) {
        // Filters can name each other: "map('map', 'map', …)" is as deep as it is long.
        budget.enter();
        // Jinja asks for the truth first, so that None has no elements here.
        List<Value> values = Sequences.truth(input) ? Sequences.iterate(input, budget) : List.of();
        budget.spend(values.size());
        Value result =
                new Generator(
                        name.equals("map") ? map(values, given) : select(name, values, given));
        budget.leave();
        return result;
    }

    private List<Value> map(List<Value> values, Arguments given) {
        List<Value> mapped = new ArrayList<>(values.size());
        if (given.positional().isEmpty() && given.named().containsKey("attribute")) {
            given.expect("map", 0, "attribute", "default");
            Key key = Key.of(given.find(0, "attribute"), true, budget);
            Key complete = key.or(given.find(1, "default"));
            values.forEach(value -> mapped.add(complete.of(value)));
            return mapped;
        }
        if (given.positional().isEmpty()) {
            throw Problem.failed("map requires a filter argument");
        }
        String filter = given.text(0, "filter", "");
        Arguments rest = given.skip(1);
        values.forEach(value -> mapped.add(filters.apply(filter, value, rest)));
        return mapped;
    }

    private List<Value> select(String name, List<Value> values, Arguments given) {
        boolean byAttribute = name.endsWith("attr");
        boolean wanted = name.startsWith("select");
        if (byAttribute && given.positional().isEmpty()) {
            throw Problem.failed("Missing parameter for attribute name");
        }
        Key key = Key.of(byAttribute ? given.positional().getFirst() : null, true, budget);
        Arguments test = byAttribute ? given.skip(1) : given;
        List<Value> selected = new ArrayList<>();
        for (Value value : values) {
            budget.spend(1);
            if (passes(key.of(value), test) == wanted) {
                selected.add(value);
            }
        }
        return selected;
    }

    private boolean passes(Value value, Arguments test) {
        return test.positional().isEmpty()
                ? Sequences.truth(value)
                : filters.tests().passes(test.text(0, "test", ""), value, test.skip(1));
    }
}
