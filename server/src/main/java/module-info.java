import org.jspecify.annotations.NullMarked;

/// The modes over HTTP, for programs that speak the API of OpenAI.
@NullMarked
module dev.polymnia.server {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.agents;
    requires transitive dev.polymnia.core;
    requires io.helidon.http;
    requires io.helidon.webserver;
    // The client of the tests.
    requires static java.net.http;
    requires java.logging;
    requires transitive tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.polymnia.server;
}
