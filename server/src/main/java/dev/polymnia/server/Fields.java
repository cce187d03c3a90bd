package dev.polymnia.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object that a client sent, read one by one; whatever is left over has to be
/// known to do no harm. A field that is null counts as not sent. Confined to one thread.
final class Fields {
    private final JsonNode node;
    private final String path;
    private final Set<String> read = new HashSet<>();

    /// @param path to the object, with a full stop at its end; empty for the body
    Fields(JsonNode node, String path) {
        if (!node.isObject()) {
            throw ApiError.field(
                    path.isEmpty() ? "body" : path.substring(0, path.length() - 1),
                    "%s is %s; send an object."
                            .formatted(path.isEmpty() ? "The body" : name(path), kind(node)));
        }
        this.node = node;
        this.path = path;
    }

    /// Returns the path to a field.
    String path(String field) {
        return path + field;
    }

    Optional<JsonNode> any(String field) {
        read.add(field);
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> text(String field) {
        return any(field)
                .map(value -> {
                    require(value.isString(), field, value, "a string");
                    return value.asString();
                });
    }

    /// Returns a text that has to be there.
    String required(String field) {
        return text(field)
                .orElseThrow(() ->
                        ApiError.field(
                                path(field),
                                "%s is missing; send a string.".formatted(name(path(field)))));
    }

    /// Returns the whole object as text; all of it counts as read.
    String json() {
        read.addAll(node.propertyNames());
        return node.toString();
    }

    Optional<Boolean> flag(String field) {
        return any(field)
                .map(value -> {
                    require(value.isBoolean(), field, value, "true or false");
                    return value.asBoolean();
                });
    }

    /// @param least and most that are possible
    Optional<Long> whole(String field, long least, long most) {
        return any(field)
                .map(value -> {
                    String range = "a whole number from %d to %d".formatted(least, most);
                    require(
                            value.isIntegralNumber() && value.canConvertToLong(),
                            field,
                            value,
                            range);
                    long number = value.asLong();
                    require(number >= least && number <= most, field, value, range);
                    return number;
                });
    }

    /// @param least and most that are possible
    Optional<Double> number(String field, double least, double most) {
        return any(field)
                .map(value -> {
                    String range =
                            String.format(Locale.ROOT, "a number from %s to %s", least, most);
                    require(value.isNumber(), field, value, range);
                    double number = value.asDouble();
                    require(number >= least && number <= most, field, value, range);
                    return number;
                });
    }

    Optional<Fields> object(String field) {
        return any(field).map(value -> new Fields(value, path(field) + "."));
    }

    /// Returns an object that has to be there.
    Fields requiredObject(String field) {
        return object(field)
                .orElseThrow(() ->
                        ApiError.field(
                                path(field),
                                "%s is missing; send an object.".formatted(name(path(field)))));
    }

    /// Returns the elements of an array of objects; none if it was not sent.
    List<Fields> objects(String field) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(field)) {
            objects.add(new Fields(element, "%s[%d].".formatted(path(field), objects.size())));
        }
        return objects;
    }

    /// Returns the elements of an array; none if it was not sent.
    List<JsonNode> array(String field) {
        Optional<JsonNode> sent = any(field);
        sent.ifPresent(value -> require(value.isArray(), field, value, "an array"));
        List<JsonNode> elements = new ArrayList<>();
        sent.ifPresent(value -> value.forEach(elements::add));
        return elements;
    }

    /// Returns the fields that were sent and not read, of those that do no harm.
    ///
    /// @param harmless what may be left over: nothing of it changes an answer
    /// @throws ApiError for any other
    List<String> ignored(Set<String> harmless) {
        List<String> ignored = new ArrayList<>();
        for (String field : node.propertyNames()) {
            JsonNode value = node.get(field);
            if (read.contains(field) || value.isNull()) {
                continue;
            }
            if (!harmless.contains(field)) {
                throw ApiError.unsupported(
                        path(field),
                        "%s is not supported here and would change the answer; leave it out."
                                .formatted(name(path(field))));
            }
            ignored.add(field);
        }
        return ignored;
    }

    private void require(boolean holds, String field, JsonNode value, String wanted) {
        if (!holds) {
            throw ApiError.field(
                    path(field),
                    "%s is %s; send %s.".formatted(name(path(field)), kind(value), wanted));
        }
    }

    private static String name(String path) {
        return "'" + (path.endsWith(".") ? path.substring(0, path.length() - 1) : path) + "'";
    }

    /// Returns what a value is, for a person; what is long is not said again.
    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "an array";
            case STRING -> "the string " + cut(value.toString());
            case NUMBER, BOOLEAN -> cut(value.toString());
            case NULL -> "null";
            case MISSING, BINARY -> "missing";
        };
    }

    /// Returns as much of what a client sent as is said again.
    static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
