package dev.polymnia.models.toolcall;

import org.jspecify.annotations.Nullable;

/// What stands between the marker that opens a block and its body.
sealed interface Head permits Prefix, DeepSeekHead, MistralHead {
    /// Takes the next character: `OPEN`, `LOST`, or `WHOLE` with the last one of the head.
    Verdict accept(char next);

    /// Returns how many of the last characters do not belong to the head, which is lost.
    int surplus();

    /// Returns the name of the tool; null if the body tells it.
    @Nullable String name();

    /// Returns the id of the call; null if there is none.
    @Nullable String id();

    /// Returns whether the character may stand in the name of a tool.
    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || "_-.:/".indexOf(c) >= 0;
    }
}
