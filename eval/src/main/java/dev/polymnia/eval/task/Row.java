package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One row of a data file. Immutable.
final class Row {
    private final String place;
    private final JsonNode node;

    /// Creates a row.
    ///
    /// @param place where it stands, for messages
    /// @param node a JSON object
    Row(String place, JsonNode node) {
        this.place = place;
        this.node = node;
    }

    /// Returns whether it has a field that is not null.
    ///
    /// @param field a name or a JSON pointer
    boolean has(String field) {
        JsonNode value = value(field);
        return !value.isMissingNode() && !value.isNull();
    }

    /// Returns the text of a field; a number, a truth value or a grid as JSON writes it.
    ///
    /// @param field a name or a JSON pointer
    /// @throws Fault with `INVALID` if there is none or it holds something else
    String text(String field) {
        return text(field, required(field));
    }

    /// Returns the texts of a field that holds a list of them, or only one.
    ///
    /// @param field a name or a JSON pointer
    /// @throws Fault with `INVALID` if there is none or it holds something else
    List<String> texts(String field) {
        JsonNode value = required(field);
        if (!value.isArray()) {
            return List.of(text(field, value));
        }
        return value.valueStream().map(each -> text(field, each)).toList();
    }

    /// Returns a row for each object of a list that a field holds: this row with that object in the
    /// list's place.
    ///
    /// @param field a name
    /// @throws Fault with `INVALID` if there is none or it holds something else
    List<Row> each(String field) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode object : objects(field)) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(each -> row.set(each.getKey(), each.getValue()));
            row.set(field, object);
            rows.add(new Row("%s, %s %d".formatted(place, field, rows.size() + 1), row));
        }
        return rows;
    }

    /// Returns the rows that are the objects of a list that a field holds.
    ///
    /// @param field a name or a JSON pointer
    /// @throws Fault with `INVALID` if there is none or it holds something else
    List<Row> rows(String field) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode object : objects(field)) {
            rows.add(new Row("%s, %s %d".formatted(place, field, rows.size() + 1), object));
        }
        return rows;
    }

    private List<JsonNode> objects(String field) {
        JsonNode value = required(field);
        if (!value.isArray()
                || value.isEmpty()
                || !value.valueStream().allMatch(JsonNode::isObject)) {
            throw wrong(field, "a list of objects", value);
        }
        return value.valueStream().toList();
    }

    /// Returns a field that holds a grid, a list of equally long lists of whole numbers, as JSON
    /// writes it.
    ///
    /// @param field a name or a JSON pointer
    /// @throws Fault with `INVALID` if there is none or it holds something else
    String grid(String field) {
        JsonNode value = required(field);
        if (!isGrid(value)) {
            throw wrong(field, "a grid: a list of equally long lists of whole numbers", value);
        }
        return value.toString();
    }

    private static boolean isGrid(JsonNode value) {
        return value.isArray()
                && !value.isEmpty()
                && value.valueStream()
                        .allMatch(row ->
                                row.isArray()
                                        && !row.isEmpty()
                                        && row.size() == value.path(0).size()
                                        && row.valueStream().allMatch(JsonNode::isIntegralNumber));
    }

    /// Returns the arguments that a field holds: a list of objects whose values are texts, numbers
    /// or lists of texts. Nulls are left out.
    ///
    /// @param field a name or a JSON pointer
    /// @throws Fault with `INVALID` if there is none or it holds something else
    List<Map<String, Object>> arguments(String field) {
        JsonNode value = required(field);
        if (!value.isArray()) {
            throw wrong(field, "a list of objects", value);
        }
        return value.valueStream().map(each -> object(field, each)).toList();
    }

    /// Returns a fault that names the row.
    ///
    /// @param what is wrong with it and what to do
    Fault fault(String what) {
        return new Fault(Fault.Code.INVALID, place + ": " + what);
    }

    private JsonNode value(String field) {
        return field.startsWith("/") ? node.at(field) : node.path(field);
    }

    private JsonNode required(String field) {
        if (!has(field)) {
            throw fault(
                    "there is no field '%s'; the fields are: %s."
                            .formatted(field, String.join(", ", node.propertyNames())));
        }
        return value(field);
    }

    private String text(String field, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isNumber() || value.isBoolean()) {
            return value.asString();
        }
        if (isGrid(value)) {
            return value.toString();
        }
        throw wrong(field, "a text", value);
    }

    private Map<String, Object> object(String field, JsonNode object) {
        if (!object.isObject()) {
            throw wrong(field, "a list of objects", object);
        }
        Map<String, Object> all = new HashMap<>();
        object.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .forEach(each -> all.put(each.getKey(), argument(field, each.getValue())));
        return all;
    }

    private Object argument(String field, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isArray()) {
            return value.valueStream().map(each -> text(field, each)).toList();
        }
        throw wrong(field, "texts, numbers and lists of texts", value);
    }

    private Fault wrong(String field, String wanted, JsonNode value) {
        return fault(
                "the field '%s' must hold %s but holds %s."
                        .formatted(field, wanted, Fields.shortened(value)));
    }
}
