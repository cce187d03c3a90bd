import org.jspecify.annotations.NullMarked;

/// The modes over HTTP, for programs that speak the API of OpenAI.
@NullMarked
module dev.polymnia.server {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.agents;
    requires transitive dev.polymnia.core;
    requires io.helidon.common.configurable;
    requires io.helidon.common.pki;
    requires io.helidon.common.tls;
    requires io.helidon.http;
    requires io.helidon.webserver;
    // On the class path at run time, as what remote needs: these have no descriptors.
    requires static micrometer.core;
    requires static micrometer.registry.prometheus;
    // The client of the tests.
    requires static java.net.http;
    requires java.logging;
    requires transitive tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.polymnia.server;
}
