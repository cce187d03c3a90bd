package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;

/// A model's weights once more, in a number format that the engine computes faster with.
///
/// @param path the GGUF file, absolute
/// @param original what it was made from
/// @param bytes the size of the copy
/// @param sha256 the digest of the copy, 64 small hexadecimal digits
/// @param made when it was made
/// @param engine what made it, for example `llama.cpp 0.5.0`
/// @param tensors the number formats in it and how many tensors have each, for example `Q4_0 × 196,
///   Q8_0 × 1, F32 × 113`
public record TunedCopy(
        Path path,
        Original original,
        long bytes,
        String sha256,
        Instant made,
        String engine,
        String tensors) {
    /// Checks the parts.
    public TunedCopy {
        requireNonNull(path, "path is null");
        requireNonNull(original, "original is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(made, "made is null");
        requireNonNull(engine, "engine is null");
        requireNonNull(tensors, "tensors is null");
    }

    /// The file that a copy was made from, as it was then.
    ///
    /// @param path absolute
    /// @param sha256 its digest, 64 small hexadecimal digits
    /// @param bytes its size
    /// @param modified when it was last changed, in milliseconds since 1970
    public record Original(Path path, String sha256, long bytes, long modified) {
        /// Checks the parts.
        public Original {
            requireNonNull(path, "path is null");
            requireNonNull(sha256, "sha256 is null");
        }
    }
}
