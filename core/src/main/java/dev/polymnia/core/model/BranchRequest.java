package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

/// A prompt and how to continue it.
///
/// @param prompt the whole prompt
/// @param options how to continue it
public record BranchRequest(Prompt prompt, GenerationOptions options) {
    /// Checks the parts.
    public BranchRequest {
        requireNonNull(prompt, "prompt is null");
        requireNonNull(options, "options is null");
    }
}
