package dev.polymnia.core.message;

import java.util.regex.Pattern;

/// What a model is told about a tool.
///
/// @param name letters, digits, `_` and `-`; at most 64
/// @param description what it does and when to use it
/// @param parameters a JSON Schema of the arguments, an object, as text
/// @param readOnly whether calling it changes nothing, so that several branches may share one call
///   and a single branch may decide on it; a tool that changes something needs a majority
public record ToolSpec(String name, String description, String parameters, boolean readOnly) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// Checks the parts.
    public ToolSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a tool name; use 1 to 64 letters, digits, _ and -");
        }
        if (parameters.isBlank()) {
            throw new IllegalArgumentException(
                    "the parameters of " + name + " are blank; write {} for none");
        }
    }
}
