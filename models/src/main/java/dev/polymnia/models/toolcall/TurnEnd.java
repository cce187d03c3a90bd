package dev.polymnia.models.toolcall;

import java.util.List;

/// What is left when a turn of the assistant ends.
///
/// @param parts what was held back, in order; may be empty
/// @param cutOff whether a call was begun that never became one; what there is of it is among the
///   words of the parts
public record TurnEnd(List<TurnPart> parts, boolean cutOff) {
    /// Copies the parts.
    public TurnEnd {
        parts = List.copyOf(parts);
    }
}
