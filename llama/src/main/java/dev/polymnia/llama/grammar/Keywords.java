package dev.polymnia.llama.grammar;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The simple keywords of a schema.
///
/// @param node the schema, an object
/// @param path where it stands
record Keywords(JsonNode node, String path) {
    // Far beyond what a double can hold, and short enough to be written out.
    private static final int MOST_DIGITS = 60;

    /// Returns the path of a keyword.
    String at(String name) {
        return Refusal.child(path, name);
    }

    /// Returns the text of a keyword; null if it is not there.
    @Nullable String text(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw Refusal.at(at(name), "%s is a string, not %s.".formatted(name, shown(value)));
        }
        return value.stringValue();
    }

    /// Returns the number of a keyword; null if it is not there.
    @Nullable BigDecimal number(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw Refusal.at(at(name), "%s is a number, not %s.".formatted(name, shown(value)));
        }
        return requireShort(value.decimalValue(), at(name));
    }

    /// Returns the count of a keyword.
    ///
    /// @param absent the count if it is not there
    int count(String name, int absent) {
        BigDecimal value = number(name);
        if (value == null) {
            return absent;
        }
        if (value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
            throw Refusal.at(
                    at(name), "%s is a whole number from 0, not %s.".formatted(name, value));
        }
        if (value.compareTo(BigDecimal.valueOf(Limits.REPETITIONS)) > 0) {
            throw Refusal.at(
                    at(name),
                    "%s is more than %d; use a smaller number."
                            .formatted(value.toPlainString(), Limits.REPETITIONS));
        }
        return value.intValueExact();
    }

    /// Returns a number if its digits can be written out.
    static BigDecimal requireShort(BigDecimal value, String path) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (Math.abs((long) stripped.scale()) > MOST_DIGITS || stripped.precision() > MOST_DIGITS) {
            throw Refusal.at(
                    path, "a number has more than %d digits; use fewer.".formatted(MOST_DIGITS));
        }
        return stripped;
    }

    /// Returns the beginning of a value for a message.
    static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
