package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The fields of a definition; each is checked when it is read. Immutable.
final class Fields {
    private static final int LONGEST = 80;

    private final String place;
    private final JsonNode root;

    /// Creates fields.
    ///
    /// @param place names the definition in messages
    /// @param root a JSON object
    Fields(String place, JsonNode root) {
        this.place = place;
        this.root = root;
    }

    /// Returns a value as JSON, cut if it is long; for messages.
    static String shortened(JsonNode value) {
        String json = value.toString();
        return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "…";
    }

    /// Checks that there are no other fields.
    ///
    /// @throws Fault with `INVALID` if there are
    void requireKnown(List<String> known) {
        for (String name : root.propertyNames()) {
            if (!known.contains(name)) {
                throw fault(
                        "there is no field '%s' for this kind of task; the fields are: %s."
                                .formatted(name, String.join(", ", known)));
            }
        }
    }

    /// Returns whether there is such a field.
    boolean has(String name) {
        return root.has(name);
    }

    /// Returns a text that must be there and not be blank.
    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /// Returns a text that is not blank; empty if the field is not there.
    Optional<String> optionalText(String name) {
        JsonNode value = root.path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(text(name, value));
    }

    /// Returns a list of texts; empty if the field is not there.
    List<String> texts(String name) {
        JsonNode value = root.path(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray() || value.isEmpty()) {
            throw wrong(name, "a list of texts", value);
        }
        return value.valueStream().map(each -> text(name, each)).toList();
    }

    /// Returns texts by name; empty if the field is not there. Numbers and truth values become
    /// texts, a null the empty one.
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        JsonNode value = root.path(name);
        if (!value.isMissingNode() && !value.isObject()) {
            throw wrong(name, "texts by name", value);
        }
        value.properties()
                .forEach(pair -> {
                    JsonNode inner = pair.getValue();
                    if (inner.isContainer()) {
                        throw wrong(name, "texts by name", value);
                    }
                    pairs.put(pair.getKey(), inner.isNull() ? "" : inner.asString());
                });
        return pairs;
    }

    /// Returns a truth value; false if the field is not there.
    boolean flag(String name) {
        JsonNode value = root.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value.isBoolean() && value.booleanValue();
    }

    /// Returns a whole number from 0 on.
    int count(String name, int otherwise) {
        JsonNode value = root.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw wrong(name, "a whole number from 0 on", value);
        }
        return value.intValue();
    }

    /// Returns an expression that must be there.
    Expression expression(String name) {
        return Expression.of(text(name));
    }

    /// Returns an expression that must be there; a whole number means itself.
    Expression expressionOrNumber(String name) {
        JsonNode value = root.path(name);
        return value.isIntegralNumber() ? new Expression(value.asString(), true) : expression(name);
    }

    /// Returns expressions that must be there: one, or a list of them.
    Several several(String name) {
        JsonNode value = root.path(name);
        if (value.isMissingNode()) {
            throw missing(name);
        }
        List<Expression> parts = new ArrayList<>();
        for (String text : value.isArray() ? texts(name) : List.of(text(name, value))) {
            parts.add(Expression.of(text));
        }
        return new Several(parts);
    }

    /// Returns a fault that names the definition.
    ///
    /// @param what is wrong with it and what to do
    Fault fault(String what) {
        return new Fault(Fault.Code.INVALID, "The task definition " + place + ": " + what);
    }

    private String text(String name, JsonNode value) {
        if (!value.isString() || value.stringValue().isBlank()) {
            throw wrong(name, "text", value);
        }
        return value.stringValue();
    }

    private Fault missing(String name) {
        return fault("the field '" + name + "' is missing.");
    }

    private Fault wrong(String name, String wanted, JsonNode value) {
        return fault(
                "the field '%s' must hold %s but holds %s."
                        .formatted(name, wanted, shortened(value)));
    }
}
