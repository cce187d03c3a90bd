package dev.polymnia.models.toolcall;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The tools that a model may call, and what their schemas say of each parameter. Formats that
/// write arguments between tags write texts without quotes, so only the schema tells whether `5` is
/// a number. Immutable.
final class Offer {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
            new TypeReference<>() {};
    private static final Map<String, String> PYTHON =
            Map.of("True", "true", "False", "false", "None", "null");

    private final Map<String, Map<String, Parameter>> tools = new LinkedHashMap<>();

    /// A parameter.
    ///
    /// @param schema its JSON Schema, with the definitions of the whole
    /// @param text whether only a string will do
    /// @param choices the strings that will do; empty if any does
    record Parameter(String schema, boolean required, boolean text, List<String> choices) {
        Parameter {
            choices = List.copyOf(choices);
        }
    }

    /// Reads the schemas.
    ///
    /// @throws Fault `INVALID` if the parameters of a tool are not a JSON object
    Offer(List<ToolSpec> specs) {
        for (ToolSpec spec : specs) {
            tools.put(spec.name(), parameters(spec));
        }
    }

    Set<String> names() {
        return tools.keySet();
    }

    /// Returns the parameters of a tool in their order; none if the tool is not known.
    Map<String, Parameter> parameters(String tool) {
        return tools.getOrDefault(tool, Map.of());
    }

    /// Returns a JSON object of values that stand between tags.
    String arguments(String tool, Map<String, String> values) {
        Map<String, Parameter> known = parameters(tool);
        return values.entrySet().stream()
                .map(each ->
                        JSON.writeValueAsString(each.getKey())
                                + ": "
                                + json(known.get(each.getKey()), each.getValue()))
                .collect(joining(", ", "{", "}"));
    }

    /// A value is what it says if it is JSON and need not be a string; otherwise it is a string.
    private static String json(@Nullable Parameter known, String value) {
        if (known == null || !known.text()) {
            String stripped = value.strip();
            String json = PYTHON.getOrDefault(stripped, stripped);
            if (isJson(json)) {
                return json;
            }
        }
        return JSON.writeValueAsString(value);
    }

    private static boolean isJson(String text) {
        try {
            return !text.isEmpty() && JSON.readTree(text) != null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Map<String, Parameter> parameters(ToolSpec spec) {
        Map<String, Object> schema = schema(spec);
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            List<?> required = schema.get("required") instanceof List<?> list ? list : List.of();
            properties.forEach((name, inner) ->
                    parameters.put(
                            String.valueOf(name),
                            parameter(schema, inner, required.contains(name))));
        }
        return parameters;
    }

    private static Map<String, Object> schema(ToolSpec spec) {
        try {
            Map<String, Object> schema = JSON.readValue(spec.parameters(), OBJECT);
            if (schema != null) {
                return schema;
            }
            throw unreadable(spec);
        } catch (JacksonException e) {
            throw unreadable(spec);
        }
    }

    private static Fault unreadable(ToolSpec spec) {
        return new Fault(
                Fault.Code.INVALID,
                "The parameters of the tool "
                        + spec.name()
                        + " are not a JSON object: "
                        + spec.parameters()
                        + ". Write a JSON Schema.");
    }

    private static Parameter parameter(Map<String, Object> whole, Object schema, boolean required) {
        Object own = schema;
        if (schema instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>(map);
            for (String definitions : List.of("$defs", "definitions")) {
                if (whole.get(definitions) instanceof Map<?, ?> inner) {
                    all.putIfAbsent(definitions, inner);
                }
            }
            own = all;
        }
        List<String> choices = choices(schema);
        return new Parameter(
                JSON.writeValueAsString(own),
                required,
                !choices.isEmpty() || isText(whole, schema, 0),
                choices);
    }

    /// Returns the strings of an enumeration of nothing but strings.
    private static List<String> choices(Object schema) {
        if (!(schema instanceof Map<?, ?> map)) {
            return List.of();
        }
        if (map.get("const") instanceof String only) {
            return List.of(only);
        }
        if (map.get("enum") instanceof List<?> all
                && all.stream().allMatch(String.class::isInstance)) {
            return all.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    private static boolean isText(Map<String, Object> whole, Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> map) || depth > 8) {
            return false;
        }
        if (map.get("$ref") instanceof String path) {
            return isText(whole, at(whole, path), depth + 1);
        }
        if (map.get("type") instanceof List<?> types) {
            return types.equals(List.of("string"));
        }
        for (String either : List.of("anyOf", "oneOf")) {
            if (map.get(either) instanceof List<?> cases && !cases.isEmpty()) {
                return cases.stream().allMatch(each -> isText(whole, each, depth + 1));
            }
        }
        return "string".equals(map.get("type")) || !choices(schema).isEmpty();
    }

    /// Returns what a reference within the schema means; the whole if it means nothing.
    private static Object at(Map<String, Object> whole, String path) {
        Object at = whole;
        for (String step : path.replaceFirst("^#/?", "").split("/", -1)) {
            Object inner = at instanceof Map<?, ?> map ? map.get(step) : null;
            at = Objects.requireNonNullElse(inner, whole);
        }
        return at;
    }
}
