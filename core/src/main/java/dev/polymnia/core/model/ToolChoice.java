package dev.polymnia.core.model;

/// Whether the model has to call one of the prompt's tools. A call that is demanded but not made,
/// because the model was cut off before, ends its branch as anything that is cut off.
public sealed interface ToolChoice {
    /// The model decides.
    ToolChoice AUTO = new Auto();

    /// No call is read in its words.
    ToolChoice NONE = new None();

    /// It calls at least one tool, and says nothing else.
    ToolChoice REQUIRED = new Required();

    /// The model decides.
    record Auto() implements ToolChoice {}

    /// No call is read in its words.
    record None() implements ToolChoice {}

    /// It calls at least one tool, and says nothing else.
    record Required() implements ToolChoice {}

    /// It calls this tool once, and says nothing else.
    ///
    /// @param tool the name of a tool of the prompt
    record Named(String tool) implements ToolChoice {
        /// Checks the parts.
        public Named {
            if (tool.isBlank()) {
                throw new IllegalArgumentException("the name of the tool is blank");
            }
        }
    }

    /// Returns whether a choice demands a call.
    static boolean demandsCall(ToolChoice choice) {
        return switch (choice) {
            case Auto _, None _ -> false;
            case Required _, Named _ -> true;
        };
    }
}
