package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/// What is known of a loaded model.
///
/// @param name as the catalogue or the person names it
/// @param digest SHA-256 of the weights in hexadecimal, or empty if nobody told it
/// @param contextTokens the most tokens of prompt and answer together
/// @param capabilities what it can do
/// @param profile how it likes to be asked
/// @param prices what its tokens cost
public record ModelInfo(
        String name,
        String digest,
        int contextTokens,
        Set<Capability> capabilities,
        ModelProfile profile,
        Prices prices) {
    /// Checks and copies the parts.
    public ModelInfo {
        requireNonNull(name, "name is null");
        requireNonNull(digest, "digest is null");
        capabilities = Set.copyOf(capabilities);
        requireNonNull(profile, "profile is null");
        requireNonNull(prices, "prices is null");
        if (contextTokens < 1) {
            throw new IllegalArgumentException("context of " + contextTokens + " tokens");
        }
    }

    /// Describes a model that costs nothing.
    public ModelInfo(
            String name,
            String digest,
            int contextTokens,
            Set<Capability> capabilities,
            ModelProfile profile) {
        this(name, digest, contextTokens, capabilities, profile, Prices.FREE);
    }

    /// Returns whether the model can do something.
    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /// Returns this with another profile.
    public ModelInfo withProfile(ModelProfile value) {
        return new ModelInfo(name, digest, contextTokens, capabilities, value, prices);
    }

    /// Returns this with other prices.
    public ModelInfo withPrices(Prices value) {
        return new ModelInfo(name, digest, contextTokens, capabilities, profile, value);
    }
}
