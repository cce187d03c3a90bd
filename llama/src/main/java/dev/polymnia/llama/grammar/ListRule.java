package dev.polymnia.llama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/// What a schema says of arrays.
///
/// @param first the schemas of the first items, one each
/// @param rest the schema of all other items
/// @param least items at least
/// @param most items at most; [Expression#ENDLESS] for any number
record ListRule(List<Schema> first, Schema rest, int least, int most) {
    ListRule {
        first = List.copyOf(first);
    }

    /// Any array.
    static final ListRule ANY = new ListRule(List.of(), Schema.ANYTHING, 0, Expression.ENDLESS);

    /// Returns the schema of an item.
    Schema item(int index) {
        return index < first.size() ? first.get(index) : rest;
    }

    /// Returns what meets this rule and another one.
    ///
    /// @param both makes the schema of what meets two
    ListRule and(ListRule other, BinaryOperator<Schema> both) {
        List<Schema> items = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), other.first.size()); i++) {
            items.add(both.apply(item(i), other.item(i)));
        }
        return new ListRule(
                items,
                both.apply(rest, other.rest),
                Math.max(least, other.least),
                Math.min(most, other.most));
    }
}
