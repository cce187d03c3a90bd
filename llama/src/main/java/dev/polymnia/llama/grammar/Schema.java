package dev.polymnia.llama.grammar;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON Schema that has been read: a value has to meet all of its parts. Immutable. Schemas are
/// told apart by identity, because recursive ones are found again by it.
///
/// @param path where it stands, as a JSON pointer
/// @param types what the value may be; none if nothing meets the schema
/// @param constants the only values that meet it; null for no such list
/// @param text what holds if it is a string
/// @param number what holds if it is a number
/// @param list what holds if it is an array
/// @param object what holds if it is an object
/// @param all further schemas that it has to meet
/// @param choices schemas of which it has to meet some
/// @param reference the JSON pointer of one more schema that it has to meet; null for none
record Schema(
        String path,
        Set<JsonType> types,
        @Nullable List<Constant> constants,
        TextRule text,
        NumberRule number,
        @Nullable ListRule list,
        @Nullable ObjectRule object,
        List<Schema> all,
        List<Options> choices,
        @Nullable String reference) {
    /// What every value meets.
    static final Schema ANYTHING = of("", JsonType.ALL);

    /// What no value meets.
    static final Schema NOTHING = of("", Set.of());

    Schema {
        types = Set.copyOf(types);
        constants = constants == null ? null : List.copyOf(constants);
        all = List.copyOf(all);
        choices = List.copyOf(choices);
    }

    /// Schemas of which a value has to meet one.
    ///
    /// @param path where they stand
    /// @param schemas at least one
    /// @param exclusive whether it may not meet two of them
    record Options(String path, List<Schema> schemas, boolean exclusive) {
        Options {
            schemas = List.copyOf(schemas);
        }
    }

    /// Returns a schema of types alone.
    static Schema of(String path, Set<JsonType> types) {
        return new Schema(
                path,
                types,
                null,
                TextRule.ANY,
                NumberRule.ANY,
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    /// Returns a schema that has to meet two others.
    static Schema both(Schema first, Schema second) {
        return ANYTHING.withAll(first.path, List.of(first, second));
    }

    /// Returns what holds of arrays.
    ListRule lists() {
        return Optional.ofNullable(list).orElse(ListRule.ANY);
    }

    /// Returns what holds of objects.
    ObjectRule objects() {
        return Optional.ofNullable(object).orElse(ObjectRule.ANY);
    }

    /// Returns whether every value meets it.
    boolean isAnything() {
        return types.equals(JsonType.ALL) && isUnrestricted() && reference == null;
    }

    /// Returns whether it is a reference and nothing else.
    boolean isReference() {
        return types.equals(JsonType.ALL) && isUnrestricted() && reference != null;
    }

    /// Returns whether no value meets it, as far as can be seen at once.
    boolean isNothing() {
        return types.isEmpty();
    }

    private boolean isUnrestricted() {
        return constants == null
                && text.equals(TextRule.ANY)
                && number.equals(NumberRule.ANY)
                && list == null
                && object == null
                && all.isEmpty()
                && choices.isEmpty();
    }

    private Schema withAll(String at, List<Schema> parts) {
        return new Schema(
                at, types, constants, text, number, list, object, parts, choices, reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
