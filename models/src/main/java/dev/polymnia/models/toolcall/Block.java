package dev.polymnia.models.toolcall;

import java.util.List;

/// One text that may be a call, or several, from the marker that opens it. It sees the characters
/// after that marker one by one and keeps none of them: the [reader][ToolCallReader] does.
interface Block {
    /// Takes the next character. Not called again once the block has ended.
    Verdict accept(char next);

    /// Returns how many of the last characters do not belong to the block, which has ended; they
    /// are to be read again. Fewer than were accepted, or all of them.
    int surplus();

    /// Returns whether the block may be read if the turn ends here.
    boolean isWholeAtEnd();

    /// Returns whether this is certainly meant as a call, so that it would be cut off here.
    boolean isBegun();

    /// Reads the block.
    ///
    /// @param text all of it, with the marker that opens it and without the surplus
    /// @return no call if it is words
    List<CallText> calls(String text);
}
