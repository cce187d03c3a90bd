package dev.polymnia.server.trace;

import dev.polymnia.agents.Leg;
import dev.polymnia.core.platform.EnvironmentProxy;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Traces that are sent by OTLP over HTTP. What runs tell waits in a queue that a thread of its own
/// empties; what does not fit is left out. Thread-safe.
final class OtlpTraces implements Traces {
    /// What the library tells is told by [NotedExporter]. Held, as loggers that nobody holds forget
    /// their levels.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LAST_SECONDS = 3;
    private static final int MOST_WAITING = 8192;

    /// A run of 64 agents tells after each how the votes stand.
    private static final int MOST_EVENTS = 256;

    private static final TextMapGetter<TraceParent> HEADERS =
            new TextMapGetter<>() {
                @Override
                public @Nullable String get(@Nullable TraceParent carrier, String key) {
                    String value = carrier == null ? "" : carrier.header(key);
                    return value.isEmpty() ? null : value;
                }
            };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private OtlpTraces(SdkTracerProvider provider) {
        this.provider = provider;
        tracer = provider.get("dev.polymnia");
    }

    static OtlpTraces open(TraceOptions options) {
        LIBRARY.setLevel(Level.OFF);
        return open(new NotedExporter(exporter(options), options.place()), options);
    }

    private static SpanExporter exporter(TraceOptions options) {
        OtlpHttpSpanExporterBuilder builder =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(options.endpoint().toString())
                        .setTimeout(PATIENCE)
                        .setConnectTimeout(PATIENCE)
                        // The other one reads strings by sun.misc.Unsafe.
                        .setMemoryMode(MemoryMode.IMMUTABLE_DATA);
        options.headers().forEach(builder::addHeader);
        EnvironmentProxy.find(options.endpoint(), System.getenv())
                .map(found -> (InetSocketAddress) found.proxy().address())
                .ifPresent(proxy -> builder.setProxy(ProxyOptions.create(proxy)));
        return builder.build();
    }

    private static OtlpTraces open(SpanExporter exporter, TraceOptions options) {
        Resource server =
                Resource.create(
                        Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "polymnia",
                                AttributeKey.stringKey("service.instance.id"),
                                UUID.randomUUID().toString()));
        return new OtlpTraces(
                SdkTracerProvider.builder()
                        .setResource(Resource.getDefault().merge(server))
                        .setSampler(
                                Sampler.parentBased(
                                        Sampler.traceIdRatioBased(options.percent() / 100.0)))
                        .setSpanLimits(
                                SpanLimits.builder().setMaxNumberOfEvents(MOST_EVENTS).build())
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(exporter)
                                        .setMaxQueueSize(MOST_WAITING)
                                        .setScheduleDelay(options.delay())
                                        .build())
                        .build());
    }

    @Override
    public RunTrace begin(Leg leg, String model, Duration waited, TraceParent parent) {
        Context outside =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, HEADERS);
        String mode = leg.request().mode().word();
        Span span =
                tracer.spanBuilder("invoke_workflow " + mode)
                        .setParent(outside)
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(Instant.now().minus(waited))
                        .setAttribute(Keys.OPERATION, "invoke_workflow")
                        .setAttribute(Keys.PROVIDER, "polymnia")
                        .setAttribute(Keys.AGENT_NAME, mode)
                        .setAttribute(Keys.MODEL, model)
                        .setAttribute(Keys.SEED, leg.request().seed())
                        .setAttribute(Keys.RUN, leg.request().run())
                        .setAttribute(Keys.MODE, mode)
                        .setAttribute(Keys.GOES_ON, leg.goesOn())
                        .setAttribute(Keys.WAITED, waited.toNanos() / 1e9)
                        .startSpan();
        return span.isRecording()
                ? new RunSpans(tracer, span, outside.with(span), leg, model)
                : RunTrace.NONE;
    }

    @Override
    public void close() {
        provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
