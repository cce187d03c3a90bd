import org.jspecify.annotations.NullMarked;

/// The modes: strategies that turn several thoughts into one answer.
@NullMarked
module dev.polymnia.agents {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;
    requires transitive dev.polymnia.sandbox;

    exports dev.polymnia.agents;
    exports dev.polymnia.agents.code;
}
