package dev.polymnia.llama.grammar;

import dev.polymnia.core.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a JSON Schema into [Schema]s and refuses what it does not know: a keyword that were passed
/// over would let through values that the schema forbids. Confined to one thread.
final class SchemaReader {
    private static final int NESTING = 64;
    private static final Set<String> ANNOTATIONS =
            Set.of(
                    "title",
                    "description",
                    "default",
                    "examples",
                    "$schema",
                    "$id",
                    "$comment",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "discriminator");
    private static final Set<String> STRUCTURE =
            Set.of(
                    "type",
                    "enum",
                    "const",
                    "anyOf",
                    "oneOf",
                    "allOf",
                    "$ref",
                    "$defs",
                    "definitions");
    // What a schema without a type is about, by its keywords.
    private static final Map<String, JsonType> ABOUT = new HashMap<>();

    static {
        List.of("minLength", "maxLength", "pattern", "format")
                .forEach(each -> ABOUT.put(each, JsonType.STRING));
        List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
                .forEach(each -> ABOUT.put(each, JsonType.NUMBER));
        List.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems")
                .forEach(each -> ABOUT.put(each, JsonType.ARRAY));
        List.of("properties", "required", "additionalProperties")
                .forEach(each -> ABOUT.put(each, JsonType.OBJECT));
    }

    private final JsonNode document;
    private final Map<String, Schema> referred = new HashMap<>();

    /// Reads from a document.
    SchemaReader(JsonNode document) {
        this.document = document;
    }

    /// Reads the whole document.
    ///
    /// @throws Fault `INVALID` with the path of what is refused
    Schema root() {
        return referred("", "#");
    }

    /// Returns the schema that a reference names, always the same one.
    ///
    /// @param path where the reference stands
    /// @param pointer a fragment such as `#/$defs/node`
    /// @throws Fault `INVALID` if there is none
    Schema referred(String path, String pointer) {
        Pointer target = Pointer.parse(path, pointer);
        Schema known = referred.get(target.path());
        if (known == null) {
            known = read(target.in(document, path), target.path(), 0);
            referred.put(target.path(), known);
        }
        return known;
    }

    private Schema read(JsonNode node, String path, int depth) {
        if (node.isBoolean()) {
            return Schema.of(path, node.booleanValue() ? JsonType.ALL : Set.of());
        }
        if (!node.isObject()) {
            throw Refusal.at(path, "a schema is an object or a boolean, not " + shown(node) + ".");
        }
        if (depth > NESTING) {
            throw Refusal.at(path, "more than %d levels; move some to $defs.".formatted(NESTING));
        }
        Keywords keywords = new Keywords(node, path);
        boolean hasType = node.has("type");
        Set<JsonType> about = EnumSet.noneOf(JsonType.class);
        for (String name : node.propertyNames()) {
            JsonType type = ABOUT.get(name);
            if (type != null) {
                about.add(type);
            } else if (!STRUCTURE.contains(name) && !ANNOTATIONS.contains(name)) {
                throw Refusal.at(
                        Refusal.child(path, name),
                        "the keyword %s is not supported; remove it.".formatted(name));
            }
        }
        checkDefinitions(node, path, "$defs", depth);
        checkDefinitions(node, path, "definitions", depth);
        return new Schema(
                path,
                hasType ? readTypes(keywords) : about.isEmpty() ? JsonType.ALL : about,
                Constants.read(node, path),
                readText(keywords),
                readNumber(keywords),
                about.contains(JsonType.ARRAY) ? readList(keywords, depth) : null,
                about.contains(JsonType.OBJECT) ? readObject(keywords, depth) : null,
                node.has("allOf") ? readSchemas(keywords, "allOf", depth) : List.of(),
                readChoices(keywords, depth),
                readReference(keywords));
    }

    private void checkDefinitions(JsonNode node, String path, String name, int depth) {
        JsonNode definitions = node.get(name);
        if (definitions == null) {
            return;
        }
        String inside = Refusal.child(path, name);
        if (!definitions.isObject()) {
            throw Refusal.at(inside, "definitions are an object, not " + shown(definitions) + ".");
        }
        for (Map.Entry<String, JsonNode> each : definitions.properties()) {
            String at = Refusal.child(inside, each.getKey());
            referred.putIfAbsent(at, read(each.getValue(), at, depth + 1));
        }
    }

    private static Set<JsonType> readTypes(Keywords keywords) {
        JsonNode node = keywords.node().path("type");
        String path = keywords.at("type");
        if (node.isString()) {
            return Set.of(readType(node, path));
        }
        if (!node.isArray() || node.isEmpty()) {
            throw Refusal.at(path, "a type is a name or a list of names, not " + shown(node) + ".");
        }
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        for (int i = 0; i < node.size(); i++) {
            types.add(readType(node.get(i), path + "/" + i));
        }
        return JsonType.tidied(types);
    }

    private static JsonType readType(JsonNode node, String path) {
        return (node.isString() ? JsonType.named(node.stringValue()) : Optional.<JsonType>empty())
                .orElseThrow(() ->
                        Refusal.at(
                                path,
                                "there is no type "
                                        + shown(node)
                                        + "; there are null, boolean, integer, number,"
                                        + " string, array and object."));
    }

    private static TextRule readText(Keywords keywords) {
        int least = keywords.count("minLength", 0);
        int most = keywords.count("maxLength", Expression.ENDLESS);
        if (least > most) {
            throw Refusal.at(
                    keywords.at("minLength"),
                    "%d is more than the maxLength %d.".formatted(least, most));
        }
        return new TextRule(least, most, keywords.text("pattern"), keywords.text("format"));
    }

    private static NumberRule readNumber(Keywords keywords) {
        BigDecimal multiple = keywords.number("multipleOf");
        if (multiple != null && multiple.signum() <= 0) {
            throw Refusal.at(keywords.at("multipleOf"), "%s is not above 0.".formatted(multiple));
        }
        NumberRule closed =
                new NumberRule(
                        keywords.number("minimum"),
                        false,
                        keywords.number("maximum"),
                        false,
                        multiple);
        NumberRule open =
                new NumberRule(
                        keywords.number("exclusiveMinimum"),
                        true,
                        keywords.number("exclusiveMaximum"),
                        true,
                        null);
        NumberRule rule = closed.and(open);
        BigDecimal least = rule.least();
        BigDecimal most = rule.most();
        if (least != null && most != null) {
            int order = least.compareTo(most);
            if (order > 0 || (order == 0 && (rule.aboveLeast() || rule.belowMost()))) {
                throw Refusal.at(
                        keywords.at(rule.aboveLeast() ? "exclusiveMinimum" : "minimum"),
                        "no number lies between %s and %s.".formatted(least, most));
            }
        }
        return rule;
    }

    private ListRule readList(Keywords keywords, int depth) {
        JsonNode unique = keywords.node().get("uniqueItems");
        if (unique != null && !(unique.isBoolean() && !unique.booleanValue())) {
            throw Refusal.at(
                    keywords.at("uniqueItems"), "unique items are not supported; remove it.");
        }
        JsonNode items = keywords.node().get("items");
        if (items != null && items.isArray()) {
            throw Refusal.at(keywords.at("items"), "a list of schemas belongs into prefixItems.");
        }
        int least = keywords.count("minItems", 0);
        int most = keywords.count("maxItems", Expression.ENDLESS);
        if (least > most) {
            throw Refusal.at(
                    keywords.at("minItems"),
                    "%d is more than the maxItems %d.".formatted(least, most));
        }
        return new ListRule(
                keywords.node().has("prefixItems")
                        ? readSchemas(keywords, "prefixItems", depth)
                        : List.of(),
                items == null ? Schema.ANYTHING : read(items, keywords.at("items"), depth + 1),
                least,
                most);
    }

    private ObjectRule readObject(Keywords keywords, int depth) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        JsonNode named = keywords.node().get("properties");
        if (named != null) {
            String inside = keywords.at("properties");
            if (!named.isObject()) {
                throw Refusal.at(inside, "properties are an object, not " + shown(named) + ".");
            }
            for (Map.Entry<String, JsonNode> each : named.properties()) {
                String at = Refusal.child(inside, each.getKey());
                JsonText.requireWhole(each.getKey(), inside);
                properties.put(each.getKey(), read(each.getValue(), at, depth + 1));
            }
        }
        JsonNode others = keywords.node().get("additionalProperties");
        Schema additional =
                others == null
                        ? Schema.ANYTHING
                        : read(others, keywords.at("additionalProperties"), depth + 1);
        return new ObjectRule(properties, readRequired(keywords), additional);
    }

    private static Set<String> readRequired(Keywords keywords) {
        JsonNode node = keywords.node().get("required");
        Set<String> required = new LinkedHashSet<>();
        if (node == null) {
            return required;
        }
        String path = keywords.at("required");
        if (!node.isArray()) {
            throw Refusal.at(path, "required is a list of names, not " + shown(node) + ".");
        }
        for (int i = 0; i < node.size(); i++) {
            if (!node.get(i).isString()) {
                throw Refusal.at(
                        path + "/" + i, "a name is a string, not " + shown(node.get(i)) + ".");
            }
            required.add(JsonText.requireWhole(node.get(i).stringValue(), path + "/" + i));
        }
        return required;
    }

    private List<Schema.Options> readChoices(Keywords keywords, int depth) {
        List<Schema.Options> choices = new ArrayList<>();
        for (String name : List.of("anyOf", "oneOf")) {
            if (keywords.node().has(name)) {
                choices.add(
                        new Schema.Options(
                                keywords.at(name),
                                readSchemas(keywords, name, depth),
                                name.equals("oneOf")));
            }
        }
        return choices;
    }

    private List<Schema> readSchemas(Keywords keywords, String name, int depth) {
        JsonNode node = keywords.node().path(name);
        String path = keywords.at(name);
        if (!node.isArray() || node.isEmpty()) {
            throw Refusal.at(path, "%s is a list of schemas, not %s.".formatted(name, shown(node)));
        }
        List<Schema> schemas = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            schemas.add(read(node.get(i), path + "/" + i, depth + 1));
        }
        return schemas;
    }

    private @Nullable String readReference(Keywords keywords) {
        String reference = keywords.text("$ref");
        if (reference != null) {
            // The target is read when it is needed, but has to be there.
            Pointer.parse(keywords.at("$ref"), reference).in(document, keywords.at("$ref"));
        }
        return reference;
    }

    private static String shown(JsonNode node) {
        return Keywords.shown(node);
    }
}
