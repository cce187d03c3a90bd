package dev.polymnia.eval.task;

import static java.util.Objects.requireNonNull;

/// Where a task's data comes from.
///
/// @param name the data file for people, as the definition names it below the data folder
/// @param sha256 the digest of the data file, in hex
/// @param licence the short name of its licence, for example `MIT`
/// @param origin who publishes it, for people
public record Source(String name, String sha256, String licence, String origin) {
    /// Checks the parts.
    public Source {
        requireNonNull(name, "name is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(licence, "licence is null");
        requireNonNull(origin, "origin is null");
    }
}
