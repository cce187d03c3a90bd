package dev.polymnia.llama.grammar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A JSON pointer to a schema of the same document (RFC 6901, section 6).
///
/// @param reference as it was written
/// @param names the steps from the root of the document
record Pointer(String reference, List<String> names) {
    Pointer {
        names = List.copyOf(names);
    }

    /// Reads a reference.
    ///
    /// @param path where it stands
    /// @param reference such as `#` or `#/$defs/node`
    /// @throws dev.polymnia.core.Fault `INVALID` if it leads elsewhere
    static Pointer parse(String path, String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw Refusal.at(
                    path,
                    "%s is not a place in this schema; begin with #, such as #/$defs/name."
                            .formatted(reference));
        }
        List<String> names = new ArrayList<>();
        if (reference.length() > 1) {
            for (String step : decoded(path, reference.substring(2)).split("/", -1)) {
                names.add(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return new Pointer(reference, names);
    }

    /// Returns the place that it names, as other paths are written.
    String path() {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            path.append(Refusal.child("", name));
        }
        return path.toString();
    }

    /// Returns what it leads to.
    ///
    /// @param path where the reference stands
    /// @throws dev.polymnia.core.Fault `INVALID` if there is nothing
    JsonNode in(JsonNode document, String path) {
        JsonNode at = document;
        for (String name : names) {
            at = at.isArray() && isIndex(name) ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        if (at.isMissingNode()) {
            throw Refusal.at(path, "%s leads nowhere; define it.".formatted(reference));
        }
        return at;
    }

    private static boolean isIndex(String name) {
        return name.length() < 9 && !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    }

    private static String decoded(String path, String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Refusal.at(path, "#/%s has a broken %% escape.".formatted(fragment));
        }
    }
}
