package dev.polymnia.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Takes traces by OTLP over HTTP on a free port of this machine. What it got is waited for.
final class FakeCollector implements AutoCloseable {
    private final WebServer server;
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();

    /// What came in one request.
    ///
    /// @param authorization the header; empty for none
    /// @param words all bytes, as if they were letters
    record Sent(String authorization, ExportTraceServiceRequest request, String words) {
        List<ResourceSpans> resources() {
            return request.getResourceSpansList();
        }

        List<Span> spans() {
            return resources().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        }
    }

    /// @param status of its first answers; afterwards it takes all
    FakeCollector(Integer... status) {
        statuses.addAll(List.of(status));
        server =
                WebServer.builder()
                        .address(InetAddress.getLoopbackAddress())
                        .port(0)
                        .shutdownHook(false)
                        .routing(routing -> routing.post("/v1/traces", this::take))
                        .build()
                        .start();
    }

    /// Returns its address, without a path.
    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private void take(ServerRequest request, ServerResponse response) {
        byte[] body = request.content().as(byte[].class);
        String authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        try {
            sent.add(
                    new Sent(
                            authorization,
                            ExportTraceServiceRequest.parseFrom(body),
                            new String(body, ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Only now, as the next one is sent when this is answered: they stay in their order.
        Integer status = statuses.poll();
        response.status(status == null ? 200 : status).send();
    }

    /// Waits for the next request.
    Sent next() throws InterruptedException {
        return sent.take();
    }

    /// Waits for requests until so many spans have come that no other span is in.
    List<Sent> next(int wholes) throws InterruptedException {
        List<Sent> all = new ArrayList<>();
        while (all.stream()
                        .flatMap(each -> each.spans().stream())
                        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                        .count()
                < wholes) {
            all.add(next());
        }
        return all;
    }

    /// Returns whether nothing has come that was not waited for.
    boolean isQuiet() {
        return sent.isEmpty();
    }

    @Override
    public void close() {
        server.stop();
    }
}
