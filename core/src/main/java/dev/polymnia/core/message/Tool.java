package dev.polymnia.core.message;

import dev.polymnia.core.Cancellation;

/// Something a model may call. Implementations are thread-safe: several branches call at once.
public interface Tool {
    /// Returns what the model is told about this tool.
    ToolSpec spec();

    /// Runs the tool; blocks until it is done. What the tool could not do is a result with
    /// [Content.ToolResult#failed], so that the model can react to it.
    ///
    /// @param call names this tool
    /// @param cancellation ends the call early
    /// @throws dev.polymnia.core.Fault with `CANCELLED` if it was ended early
    Content.ToolResult call(Content.ToolCall call, Cancellation cancellation);
}
