import org.jspecify.annotations.NullMarked;

/// Which models there are, where their files come from, and how their prompts are written.
@NullMarked
module dev.polymnia.models {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.toml;

    exports dev.polymnia.models;
    exports dev.polymnia.models.template;
    exports dev.polymnia.models.toolcall;
}
