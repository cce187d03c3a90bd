package dev.polymnia.graalpy;

import dev.polymnia.sandbox.Preference;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import java.nio.file.Path;
import java.util.Optional;

/// The sandbox that the tests are about, made of what this module builds.
final class Opened {
    static final Path FOLDER = Path.of("target", "program");

    private Opened() {}

    static Sandbox sandbox() {
        return Sandboxes.open(new Preference(Preference.Kind.GRAALPY, Optional.of(FOLDER)));
    }
}
