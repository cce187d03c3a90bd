package dev.polymnia.llama.grammar;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The types of JSON values that a schema may name.
enum JsonType {
    NULL,
    BOOLEAN,
    /// A number without a fraction; every one is also a [#NUMBER].
    INTEGER,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT;

    /// All of them; integers are among the numbers.
    static final Set<JsonType> ALL = Set.of(NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT);

    /// Returns the type of a name in a schema; empty if there is none.
    static Optional<JsonType> named(String name) {
        for (JsonType type : values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// Returns the types that both sets allow.
    static Set<JsonType> common(Set<JsonType> first, Set<JsonType> second) {
        EnumSet<JsonType> common = EnumSet.noneOf(JsonType.class);
        for (JsonType type : values()) {
            if (covers(first, type) && covers(second, type)) {
                common.add(type);
            }
        }
        return tidied(common);
    }

    /// Returns the set without integers if it has all numbers.
    static Set<JsonType> tidied(Set<JsonType> types) {
        EnumSet<JsonType> tidied = EnumSet.noneOf(JsonType.class);
        tidied.addAll(types);
        if (tidied.contains(NUMBER)) {
            tidied.remove(INTEGER);
        }
        return tidied;
    }

    /// Returns whether values of a type are allowed by a set.
    static boolean covers(Set<JsonType> types, JsonType type) {
        return types.contains(type) || (type == INTEGER && types.contains(NUMBER));
    }
}
