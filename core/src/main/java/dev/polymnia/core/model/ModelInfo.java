package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

/// What is known of a loaded model.
///
/// @param name as the catalogue or the person names it
/// @param digest SHA-256 of the weights in hexadecimal, or empty if nobody told it
/// @param contextTokens the most tokens of prompt and answer together
/// @param capabilities what it can do
/// @param profile how it likes to be asked
public record ModelInfo(
        String name,
        String digest,
        int contextTokens,
        Capabilities capabilities,
        ModelProfile profile) {
    /// Checks the parts.
    public ModelInfo {
        requireNonNull(name, "name is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(capabilities, "capabilities is null");
        requireNonNull(profile, "profile is null");
        if (contextTokens < 1) {
            throw new IllegalArgumentException("context of " + contextTokens + " tokens");
        }
    }
}
