package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a schema into plain alternatives: schemas without references, `allOf`, `anyOf` or `oneOf`,
/// of which a value has to meet one. What stands inside of properties and items stays as it is, so
/// recursion ends. Confined to one thread.
///
/// `oneOf` is taken for `anyOf`, which is the same if no value meets two of its schemas; where that
/// cannot be seen, it is refused.
final class Alternatives {
    private static final int MOST = 1_000;

    private final SchemaReader reader;
    private final Map<Schema, List<Schema>> known = new HashMap<>();
    private final Map<Pair, Schema> merged = new HashMap<>();
    private final Set<Schema> open = new LinkedHashSet<>();

    Alternatives(SchemaReader reader) {
        this.reader = reader;
    }

    private record Pair(Schema first, Schema second) {}

    /// Returns the schema that a chain of references leads to.
    ///
    /// @throws Fault `INVALID` if it leads nowhere or back to itself
    Schema target(Schema schema) {
        Schema at = schema;
        Set<Schema> passed = new LinkedHashSet<>();
        while (at.isReference()) {
            if (!passed.add(at)) {
                throw loop(at);
            }
            at = referred(at);
        }
        return at;
    }

    /// Returns the alternatives of a schema; none if nothing can meet it.
    ///
    /// @throws Fault `INVALID` if it refers to itself without anything in between, if parts cannot
    ///   be combined, or if there are too many alternatives
    List<Schema> of(Schema schema) {
        List<Schema> done = known.get(schema);
        if (done != null) {
            return done;
        }
        if (!open.add(schema)) {
            throw loop(schema);
        }
        List<Schema> alternatives = List.of(own(schema));
        if (schema.reference() != null) {
            alternatives = crossed(alternatives, of(referred(schema)), schema.path());
        }
        for (Schema part : schema.all()) {
            alternatives = crossed(alternatives, of(part), schema.path());
        }
        for (Schema.Options options : schema.choices()) {
            alternatives = crossed(alternatives, options(options), schema.path());
        }
        open.remove(schema);
        known.put(schema, alternatives);
        return alternatives;
    }

    private List<Schema> options(Schema.Options options) {
        List<List<Schema>> groups = new ArrayList<>();
        for (Schema option : options.schemas()) {
            groups.add(of(option));
        }
        if (options.exclusive()) {
            requireDisjoint(groups, options.path());
        }
        List<Schema> all = new ArrayList<>();
        groups.forEach(all::addAll);
        return all;
    }

    private void requireDisjoint(List<List<Schema>> groups, String path) {
        Disjointness disjointness = new Disjointness(this);
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                if (!disjointness.holds(groups.get(i), groups.get(j))) {
                    throw Refusal.at(
                            path,
                            ("the schemas %d and %d may both be met, which oneOf forbids; use"
                                 + " anyOf, or tell them apart by a type or a required property"
                                 + " that is constant.")
                                    .formatted(i, j));
                }
            }
        }
    }

    private List<Schema> crossed(List<Schema> first, List<Schema> second, String path) {
        if ((long) first.size() * second.size() > MOST) {
            throw Refusal.at(
                    path, "more than %d combinations of alternatives; use fewer.".formatted(MOST));
        }
        List<Schema> crossed = new ArrayList<>();
        for (Schema one : first) {
            for (Schema two : second) {
                Schema both = merge(one, two, path);
                if (!both.isNothing()) {
                    crossed.add(both);
                }
            }
        }
        return crossed;
    }

    private Schema merge(Schema first, Schema second, String path) {
        if (first.isAnything() || second.isAnything()) {
            return first.isAnything() ? second : first;
        }
        return new Schema(
                path,
                JsonType.common(first.types(), second.types()),
                common(first.constants(), second.constants()),
                first.text().and(second.text(), path),
                first.number().and(second.number()),
                first.lists().and(second.lists(), this::both),
                first.objects().and(second.objects(), this::both),
                List.of(),
                List.of(),
                null);
    }

    /// Returns the schema that meets two, for the same two always the same one.
    private Schema both(Schema first, Schema second) {
        if (first.isAnything() || first.equals(second) || second.isNothing()) {
            return second;
        }
        if (second.isAnything() || first.isNothing()) {
            return first;
        }
        return merged.computeIfAbsent(new Pair(first, second), _ -> Schema.both(first, second));
    }

    private static @Nullable List<Constant> common(
            @Nullable List<Constant> first, @Nullable List<Constant> second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        List<Constant> common = new ArrayList<>(first);
        common.retainAll(second);
        return common;
    }

    private static Schema own(Schema schema) {
        return schema.isReference()
                ? Schema.ANYTHING
                : new Schema(
                        schema.path(),
                        schema.types(),
                        schema.constants(),
                        schema.text(),
                        schema.number(),
                        schema.list(),
                        schema.object(),
                        List.of(),
                        List.of(),
                        null);
    }

    private Schema referred(Schema schema) {
        String reference = schema.reference();
        return reference == null
                ? schema
                : reader.referred(Refusal.child(schema.path(), "$ref"), reference);
    }

    private static Fault loop(Schema schema) {
        return Refusal.at(
                schema.path(),
                "the schema refers to itself with nothing in between; put a property or an item"
                        + " between.");
    }
}
