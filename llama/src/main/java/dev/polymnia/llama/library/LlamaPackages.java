package dev.polymnia.llama.library;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// The npm packages that carry llama.cpp.
///
/// @param llama the version of llama.cpp in them, for example `v0.5.0`
/// @param version the version of all packages, for example `3.22.1`
/// @param integrities by package name without scope (`linux-x64`): the package's SHA-512 as npm
///   writes it
record LlamaPackages(String llama, String version, Map<String, String> integrities) {
    private static final String RESOURCE = "packages.properties";
    private static final String PREFIX = "integrity.";

    LlamaPackages {
        requireNonNull(llama, "llama is null");
        requireNonNull(version, "version is null");
        integrities = Map.copyOf(integrities);
    }

    /// Reads the packages that this module was built for.
    static LlamaPackages load() {
        Properties entries = new Properties();
        try (InputStream in = LlamaPackages.class.getResourceAsStream(RESOURCE)) {
            entries.load(requireNonNull(in, RESOURCE + " is missing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> integrities = new TreeMap<>();
        for (String key : entries.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                integrities.put(key.substring(PREFIX.length()), required(entries, key));
            }
        }
        return new LlamaPackages(
                required(entries, "llama"), required(entries, "version"), integrities);
    }

    /// Returns the integrity of a package, if it is one of these.
    Optional<String> integrity(String name) {
        return Optional.ofNullable(integrities.get(name));
    }

    private static String required(Properties entries, String key) {
        return requireNonNull(entries.getProperty(key), RESOURCE + " does not say " + key);
    }
}
