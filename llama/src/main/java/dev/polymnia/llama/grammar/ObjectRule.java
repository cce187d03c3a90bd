package dev.polymnia.llama.grammar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/// What a schema says of objects.
///
/// @param properties the schemas of the properties it names, in its order
/// @param required the properties that have to be there
/// @param additional the schema of all other properties
record ObjectRule(Map<String, Schema> properties, Set<String> required, Schema additional) {
    ObjectRule {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
    }

    /// Any object.
    static final ObjectRule ANY = new ObjectRule(Map.of(), Set.of(), Schema.ANYTHING);

    /// Returns the schema of a property.
    Schema property(String name) {
        return properties.getOrDefault(name, additional);
    }

    /// Returns what meets this rule and another one.
    ///
    /// @param both makes the schema of what meets two
    ObjectRule and(ObjectRule other, BinaryOperator<Schema> both) {
        Map<String, Schema> merged = new LinkedHashMap<>();
        for (String name : properties.keySet()) {
            merged.put(name, both.apply(property(name), other.property(name)));
        }
        for (String name : other.properties.keySet()) {
            merged.putIfAbsent(name, both.apply(property(name), other.property(name)));
        }
        Set<String> all = new LinkedHashSet<>(required);
        all.addAll(other.required);
        return new ObjectRule(merged, all, both.apply(additional, other.additional));
    }
}
