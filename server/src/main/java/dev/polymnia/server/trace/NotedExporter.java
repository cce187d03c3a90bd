package dev.polymnia.server.trace;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Logs one warning when a collector cannot be reached, and again only after it was. Thread-safe.
final class NotedExporter implements SpanExporter {
    private final SpanExporter exporter;
    private final String place;
    private final AtomicBoolean failing = new AtomicBoolean();

    /// @param exporter sends; closed with this
    /// @param place where to, for people
    NotedExporter(SpanExporter exporter, String place) {
        this.exporter = exporter;
        this.place = place;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> note(result));
    }

    private void note(CompletableResultCode result) {
        if (result.isSuccess()) {
            failing.set(false);
        } else if (failing.compareAndSet(false, true)) {
            System.getLogger("polymnia")
                    .log(
                            System.Logger.Level.WARNING,
                            "Traces cannot be sent to %s: %s. They are dropped until they can."
                                    .formatted(place, why(result.getFailureThrowable())));
        }
    }

    /// Never what the collector answered: it may repeat what it was sent.
    private static String why(@Nullable Throwable failure) {
        if (failure instanceof FailedExportException.HttpExportException http) {
            if (http.getResponse() != null) {
                return "it answered with status " + http.getResponse().getStatusCode();
            }
            return http.getCause() == null ? "no answer" : http.getCause().toString();
        }
        return failure == null ? "no answer in time" : failure.toString();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
