package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.ModelProfile;
import java.nio.file.Path;
import java.util.Optional;

/// A model whose file lies on this machine.
///
/// @param name the catalogue name, or the file name without `.gguf`; a tuned copy has that of the
///   original
/// @param path the GGUF file to load, absolute: the original, or its tuned copy
/// @param sha256 the digest of the original, which was checked when the file was fetched, 64 small
///   hexadecimal digits; empty for a file of the user's own, which nobody checked
/// @param profile how the model likes to be asked
/// @param entry what the catalogue says about it; empty for a file of the user's own
/// @param tuned the tuned copy that is at the path; empty if the original is
public record LocalModel(
        String name,
        Path path,
        String sha256,
        ModelProfile profile,
        Optional<CatalogueEntry> entry,
        Optional<TunedCopy> tuned) {
    /// Checks the parts.
    public LocalModel {
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(entry, "entry is null");
        requireNonNull(tuned, "tuned is null");
    }

    /// Creates a model whose original is used.
    public LocalModel(
            String name,
            Path path,
            String sha256,
            ModelProfile profile,
            Optional<CatalogueEntry> entry) {
        this(name, path, sha256, profile, entry, Optional.empty());
    }

    /// Returns what a person types to mean this model: the catalogue name, or the path of a file of
    /// their own.
    public String address() {
        return entry.isPresent()
                ? name
                : tuned.map(copy -> copy.original().path()).orElse(path).toString();
    }

    /// Returns the same model with its tuned copy in place of its file.
    LocalModel with(TunedCopy copy) {
        return new LocalModel(name, copy.path(), sha256, profile, entry, Optional.of(copy));
    }
}
