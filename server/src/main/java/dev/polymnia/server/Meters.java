package dev.polymnia.server;

import dev.polymnia.core.Mode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.ToIntFunction;

/// The server's figures, for Prometheus. Nothing in their labels comes from a client. Thread-safe.
final class Meters implements Settlement, AutoCloseable {
    private static final Duration[] FIRST_EVENT = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1)
    };

    private final PrometheusMeterRegistry registry;

    private Meters(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /// Returns meters of a server.
    static Meters of(Admission admission) {
        // See module-info: the library lies on the class path.
        Meters.class.getModule().addReads(Meters.class.getClassLoader().getUnnamedModule());
        Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        for (Mode mode : Mode.values()) {
            meters.gauge("polymnia.runs.active", "runs at work", mode, admission::atWork);
            meters.gauge("polymnia.runs.waiting", "runs that wait", mode, admission::waiting);
        }
        return meters;
    }

    private void gauge(String name, String what, Mode mode, ToIntFunction<Mode> value) {
        Gauge.builder(name, () -> value.applyAsInt(mode))
                .description(what)
                .tag("mode", mode.word())
                .register(registry);
    }

    /// Counts a request that is over.
    void request(RequestTrace trace, String method, int status, Duration took) {
        Timer.builder("polymnia.requests")
                .description("requests, and how long each lasted")
                .tag("method", method)
                .tag("route", trace.route().isEmpty() ? "none" : trace.route())
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /// Counts a request that was refused.
    ///
    /// @param reason one of a few words
    void refused(String reason) {
        Counter.builder("polymnia.refusals")
                .description("requests that were refused before anything was spent")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    @Override
    public void settle(Settled run) {
        String mode = run.mode().word();
        Counter.builder("polymnia.runs")
                .description("runs that are over, by how they ended")
                .tag("mode", mode)
                .tag("end", run.end())
                .register(registry)
                .increment();
        tokens(mode, "read", run.usage().computed());
        tokens(mode, "cached", run.usage().cached());
        tokens(mode, "generated", run.usage().generated());
        Duration first = run.first();
        if (first != null) {
            Timer.builder("polymnia.first.event")
                    .description("from asking to the first event, waiting included")
                    .tag("mode", mode)
                    .serviceLevelObjectives(FIRST_EVENT)
                    .register(registry)
                    .record(first);
        }
    }

    private void tokens(String mode, String kind, long count) {
        Counter.builder("polymnia.tokens")
                .description("tokens of all agents: read, found in memory, generated")
                .tag("mode", mode)
                .tag("kind", kind)
                .register(registry)
                .increment((double) count);
    }

    /// Returns all figures in the text format of Prometheus.
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
