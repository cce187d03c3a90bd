package dev.polymnia.models;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.model.ModelProfile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A model that Polymnia knows by name.
///
/// @param name what people type, for example `qwen2.5-coder-1.5b`
/// @param title the published name, for people
/// @param file the file's name in the local store, without folders
/// @param bytes the size of the file, 1 or more
/// @param sha256 the digest of the file, 64 small hexadecimal digits
/// @param licence an SPDX identifier, for example `Apache-2.0`
/// @param contextTokens the most tokens that the model can read and write together, 1 or more
/// @param activeBillions how many billion parameters a token goes through; what decides the speed
/// @param tried whether this version of Polymnia was run with it
/// @param elsewhere why the embedded engine cannot run it, in a few words; empty if it can
/// @param sources where the file can be had, the canonical one first; at least one
/// @param profile how the model likes to be asked
public record CatalogueEntry(
        String name,
        String title,
        String file,
        long bytes,
        String sha256,
        String licence,
        int contextTokens,
        double activeBillions,
        boolean tried,
        Optional<String> elsewhere,
        List<Source> sources,
        ModelProfile profile) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][\\w.-]*\\.gguf");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /// Checks and copies the parts.
    public CatalogueEntry {
        require(NAME.matcher(name).matches(), "name", name);
        require(!title.isBlank(), "title", title);
        require(FILE.matcher(file).matches(), "file", file);
        require(bytes > 0, "size", bytes);
        require(SHA256.matcher(sha256).matches(), "SHA-256", sha256);
        require(!licence.isBlank(), "licence", licence);
        require(contextTokens > 0, "context", contextTokens);
        sources = List.copyOf(sources);
        require(activeBillions > 0, "number of active parameters", activeBillions);
        require(!sources.isEmpty(), "list of sources", sources);
        for (Source source : sources) {
            if (source instanceof Source.PackageIndex packages) {
                require(packages.bytes() == bytes, "sum of parts", packages.bytes());
            }
        }
        requireNonNull(elsewhere, "elsewhere is null");
        requireNonNull(profile, "profile is null");
    }

    /// Returns a command that serves the model with llama.cpp's own server; empty if the hub does
    /// not have it.
    public Optional<String> server() {
        return sources.stream()
                .filter(Source.Hub.class::isInstance)
                .map(Source.Hub.class::cast)
                .map(hub ->
                        "llama-server -hf %s --hf-file %s".formatted(hub.repository(), hub.file()))
                .findFirst();
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("'" + value + "' is not a " + what + " of a model");
        }
    }
}
