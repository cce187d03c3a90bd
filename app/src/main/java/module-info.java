import org.jspecify.annotations.NullMarked;

/// The program: command line, configuration and wiring.
@NullMarked
module dev.polymnia.app {
    requires static transitive org.jspecify;
    requires dev.polymnia.agents;
    requires dev.polymnia.core;
    requires dev.polymnia.embed;
    requires dev.polymnia.eval;
    requires dev.polymnia.llama;
    requires dev.polymnia.models;
    requires dev.polymnia.remote;
    requires dev.polymnia.sandbox;
    requires dev.polymnia.server;
    requires info.picocli;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.strikethrough;
    requires org.commonmark.ext.gfm.tables;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.toml;

    opens dev.polymnia.app to
            info.picocli;
    opens dev.polymnia.app.terminal to
            info.picocli;
}
