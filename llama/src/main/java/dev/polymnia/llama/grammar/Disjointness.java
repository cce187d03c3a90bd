package dev.polymnia.llama.grammar;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Sees whether no value meets two schemas, where that is plain: by their types, their constants,
/// or a property that tells them apart.
///
/// @param alternatives finds what references lead to
record Disjointness(Alternatives alternatives) {
    // A discriminator lies at the top; looking deeper costs more than it finds.
    private static final int DEPTH = 3;

    private static final Set<JsonType> SCALARS =
            EnumSet.of(
                    JsonType.NULL,
                    JsonType.BOOLEAN,
                    JsonType.INTEGER,
                    JsonType.NUMBER,
                    JsonType.STRING);

    /// Returns whether certainly no value meets an alternative of both.
    boolean holds(List<Schema> first, List<Schema> second) {
        return first.stream()
                .allMatch(one -> second.stream().allMatch(two -> holds(one, two, DEPTH)));
    }

    private boolean holds(Schema first, Schema second, int depth) {
        Set<JsonType> common = JsonType.common(first.types(), second.types());
        common.removeIf(type -> lacks(first, type) || lacks(second, type));
        if (common.isEmpty()) {
            return true;
        }
        List<Constant> ones = first.constants();
        List<Constant> twos = second.constants();
        if (ones != null && twos != null) {
            return SCALARS.containsAll(common) && ones.stream().noneMatch(twos::contains);
        }
        return depth > 0
                && common.equals(EnumSet.of(JsonType.OBJECT))
                && (differ(first.objects(), second.objects(), depth)
                        || differ(second.objects(), first.objects(), depth));
    }

    /// Returns whether a schema spells out its values and none is of a type.
    private static boolean lacks(Schema schema, JsonType type) {
        List<Constant> constants = schema.constants();
        return constants != null
                && constants.stream().noneMatch(each -> JsonType.covers(Set.of(type), each.type()));
    }

    private boolean differ(ObjectRule first, ObjectRule second, int depth) {
        return first.required().stream()
                .anyMatch(name ->
                        second.property(name).isNothing()
                                || (second.required().contains(name)
                                        && differ(name, first, second, depth)));
    }

    /// Looks only at what the schemas of the property say themselves; the rest can but narrow it.
    private boolean differ(String name, ObjectRule first, ObjectRule second, int depth) {
        return holds(
                alternatives.target(first.property(name)),
                alternatives.target(second.property(name)),
                depth - 1);
    }
}
