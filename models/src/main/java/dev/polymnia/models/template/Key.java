package dev.polymnia.models.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a filter looks at in an element: the element itself, or an attribute such as `a.b.0`.
///
/// @param path the way to the attribute; empty for the element itself
/// @param caseSensitive whether upper and lower case differ
/// @param fallback what stands for an attribute that is missing
/// @param budget pays for what is looked up
record Key(List<String> path, boolean caseSensitive, @Nullable Value fallback, Budget budget) {
    static Key of(@Nullable Value attribute, boolean caseSensitive, Budget budget) {
        if (attribute == null || attribute instanceof Value.None) {
            return new Key(List.of(), caseSensitive, null, budget);
        }
        String path = Printer.text(attribute, budget);
        budget.spend(8L * path.length());
        return new Key(List.of(path.split("\\.", -1)), caseSensitive, null, budget);
    }

    Key or(@Nullable Value value) {
        return new Key(path, caseSensitive, value, budget);
    }

    /// Reads the attribute as several ones with commas in between, as `sort` does.
    Key multiple() {
        String whole = String.join(".", path);
        if (whole.indexOf(',') >= 0) {
            throw Problem.unsupported("sorting by more than one attribute");
        }
        return this;
    }

    Value of(Value element) {
        Value value = element;
        for (String name : path) {
            budget.spend(1);
            value = Subscript.item(value, part(name));
            if (fallback != null && value instanceof Value.Undefined) {
                value = fallback;
            }
        }
        boolean folds = !caseSensitive && value instanceof Value.Text;
        return folds ? Value.of(Case.lower(Printer.text(value, budget))) : value;
    }

    private static Value part(String name) {
        return name.matches("[0-9]{1,9}") ? Value.of(Long.parseLong(name)) : Value.of(name);
    }
}
