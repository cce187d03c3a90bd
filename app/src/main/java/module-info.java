import org.jspecify.annotations.NullMarked;

/// The program: command line, configuration and wiring.
@NullMarked
module dev.polymnia.app {
    requires static transitive org.jspecify;
    requires dev.polymnia.agents;
    requires dev.polymnia.core;
    requires dev.polymnia.llama;
    requires dev.polymnia.models;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires tools.jackson.core;

    opens dev.polymnia.app to
            info.picocli;
}
