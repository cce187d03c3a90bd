package dev.polymnia.sandbox;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.core.platform.UserFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Which sandbox is wanted, and where its parts lie.
///
/// @param kind which one
/// @param graalPy the folder of the program for the child JVM, with GraalPy's jars; empty if none
///   is known
public record Preference(Kind kind, Optional<Path> graalPy) {
    /// A sandbox, or the choice between them.
    public enum Kind {
        /// Bubblewrap where it works, else GraalPy.
        BEST,
        /// Bubblewrap or none.
        BUBBLEWRAP,
        /// GraalPy or none, for tests and comparisons.
        GRAALPY
    }

    private static final String KIND = "POLYMNIA_SANDBOX";
    private static final String FOLDER = "POLYMNIA_GRAALPY";
    private static final String OWN_FOLDER = "polymnia.graalpy";

    /// Checks the values and makes the path absolute.
    public Preference {
        requireNonNull(kind, "kind is null");
        graalPy = graalPy.map(folder -> folder.toAbsolutePath().normalize());
    }

    /// Returns what the environment of this program asks for.
    ///
    /// @throws Fault as [#of] does
    public static Preference ofThisMachine() {
        return of(System.getenv(), System.getProperties());
    }

    /// Returns what an environment asks for.
    ///
    /// @param environment looked up: `POLYMNIA_SANDBOX`, which is `bubblewrap` or `graalpy` if it
    ///   is set, and `POLYMNIA_GRAALPY`, a folder
    /// @param system looked up: `polymnia.graalpy`, the folder that the launcher found
    /// @throws Fault with `INVALID` if there is no such sandbox
    public static Preference of(Map<String, String> environment, Properties system) {
        Optional<Path> folder =
                UserFolders.named(environment, FOLDER)
                        .or(() ->
                                Optional.of(system.getProperty(OWN_FOLDER, ""))
                                        .filter(text -> !text.isBlank())
                                        .map(Path::of));
        return new Preference(kind(environment.getOrDefault(KIND, "")), folder);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "" -> Kind.BEST;
            case "bubblewrap" -> Kind.BUBBLEWRAP;
            case "graalpy" -> Kind.GRAALPY;
            default ->
                    throw new Fault(
                            Fault.Code.INVALID,
                            "%s is \"%s\"; it may be bubblewrap or graalpy, or not be set."
                                    .formatted(KIND, word));
        };
    }
}
