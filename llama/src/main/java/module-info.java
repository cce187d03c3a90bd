import org.jspecify.annotations.NullMarked;

/// The embedded llama.cpp as a branching model; the only module with native access.
@NullMarked
module dev.polymnia.llama {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;
    requires transitive dev.polymnia.models;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.polymnia.llama;
    exports dev.polymnia.llama.library;
}
