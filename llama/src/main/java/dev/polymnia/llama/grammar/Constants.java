package dev.polymnia.llama.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the values that a schema spells out with `const` and `enum`.
final class Constants {
    private Constants() {}

    /// Returns the values that both keywords allow; null if the schema has neither.
    static @Nullable List<Constant> read(JsonNode schema, String path) {
        JsonNode only = schema.get("const");
        JsonNode several = schema.get("enum");
        if (several == null) {
            return only == null ? null : List.of(constant(only, Refusal.child(path, "const")));
        }
        String inside = Refusal.child(path, "enum");
        if (!several.isArray() || several.isEmpty()) {
            throw Refusal.at(
                    inside,
                    "enum is a list of at least one value, not %s."
                            .formatted(Keywords.shown(several)));
        }
        List<Constant> constants = new ArrayList<>();
        for (int i = 0; i < several.size(); i++) {
            constants.add(constant(several.get(i), inside + "/" + i));
        }
        if (only != null) {
            constants.retainAll(List.of(constant(only, Refusal.child(path, "const"))));
        }
        return constants;
    }

    private static Constant constant(JsonNode node, String path) {
        StringBuilder text = new StringBuilder();
        write(node, path, text);
        return new Constant(typeOf(node, path), text.toString());
    }

    private static JsonType typeOf(JsonNode node, String path) {
        if (node.isNumber()) {
            boolean whole = Keywords.requireShort(node.decimalValue(), path).scale() <= 0;
            return whole ? JsonType.INTEGER : JsonType.NUMBER;
        }
        if (node.isString()) {
            return JsonType.STRING;
        }
        if (node.isBoolean()) {
            return JsonType.BOOLEAN;
        }
        if (node.isNull()) {
            return JsonType.NULL;
        }
        return node.isArray() ? JsonType.ARRAY : JsonType.OBJECT;
    }

    private static void write(JsonNode node, String path, StringBuilder target) {
        if (node.isNumber()) {
            BigDecimal value = Keywords.requireShort(node.decimalValue(), path);
            target.append(value.signum() == 0 ? "0" : value.toPlainString());
        } else if (node.isString()) {
            JsonText.quote(JsonText.requireWhole(node.stringValue(), path), target);
        } else if (node.isArray()) {
            char before = '[';
            for (JsonNode each : node) {
                target.append(before);
                write(each, path, target);
                before = ',';
            }
            target.append(before == '[' ? "[]" : "]");
        } else if (node.isObject()) {
            char before = '{';
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                JsonText.quote(JsonText.requireWhole(each.getKey(), path), target.append(before));
                write(each.getValue(), path, target.append(':'));
                before = ',';
            }
            target.append(before == '{' ? "{}" : "}");
        } else {
            target.append(node);
        }
    }
}
