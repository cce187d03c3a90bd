import org.jspecify.annotations.NullMarked;

/// The modes over HTTP, for programs that speak the APIs of OpenAI or Anthropic, and the store of
/// their runs.
///
/// The libraries of the store and of signing in are `static`, as those of the module for endpoints
/// are: at run time they lie on the class path, where nothing of them is read unless a store is
/// opened, or somebody comes back from a provider. What of Java they need has to be named here.
@NullMarked
module dev.polymnia.server {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.agents;
    requires transitive dev.polymnia.core;
    requires io.helidon.common.configurable;
    requires io.helidon.common.pki;
    requires io.helidon.common.socket;
    requires io.helidon.common.tls;
    requires io.helidon.http;
    requires io.helidon.webserver;
    // On the class path at run time, as what remote needs: these have no descriptors.
    requires static micrometer.core;
    requires static micrometer.registry.prometheus;
    requires static io.opentelemetry.api;
    requires static io.opentelemetry.context;
    requires static io.opentelemetry.exporter.internal;
    requires static io.opentelemetry.exporter.otlp;
    requires static io.opentelemetry.sdk.common;
    requires static io.opentelemetry.sdk.trace;
    // Sends traces, asks providers of OpenID Connect.
    requires java.net.http;
    requires static com.google.errorprone.annotations;
    requires static com.nimbusds.jose.jwt;
    requires static com.zaxxer.hikari;
    requires static flyway.core;
    requires static org.jdbi.v3.core;
    requires static password4j;
    requires java.logging;
    requires java.management;
    requires java.naming;
    requires java.sql;
    requires jdk.jfr;
    requires transitive tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.polymnia.server;
    exports dev.polymnia.server.openid;
    exports dev.polymnia.server.people;
    exports dev.polymnia.server.store;
    exports dev.polymnia.server.trace;
}
