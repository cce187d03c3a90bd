import org.jspecify.annotations.NullMarked;

/// Which models there are, where their files come from, and how their prompts are written.
@NullMarked
module dev.polymnia.models {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.toml;

}
