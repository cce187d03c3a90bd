package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.ModelProfile;
import java.nio.file.Path;
import java.util.Optional;

/// A model whose file lies on this machine.
///
/// @param name the catalogue name, or the file name without `.gguf`
/// @param path the GGUF file, absolute
/// @param sha256 the digest that was checked when the file was fetched, 64 small hexadecimal
///   digits; empty for a file of the user's own, which nobody checked
/// @param profile how the model likes to be asked
/// @param entry what the catalogue says about it; empty for a file of the user's own
public record LocalModel(
        String name,
        Path path,
        String sha256,
        ModelProfile profile,
        Optional<CatalogueEntry> entry) {
    /// Checks the parts.
    public LocalModel {
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(entry, "entry is null");
    }
}
