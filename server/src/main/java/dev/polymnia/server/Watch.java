package dev.polymnia.server;

import dev.polymnia.server.trace.TraceParent;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What happens around every request, whatever it is for: headers for browsers, a count, a line in
/// the log. Thread-safe.
///
/// @param cors says what pages may read
/// @param meters count
/// @param log is written
record Watch(Cors cors, Meters meters, RequestLog log) implements Filter {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final HeaderName PARENT = HeaderNames.create(TraceParent.PARENT);
    private static final HeaderName STATE = HeaderNames.create(TraceParent.STATE);

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long begun = System.nanoTime();
        RequestTrace trace = new RequestTrace(parent(request));
        try {
            protect(response);
            cors.tell(request, response);
            if (!cors.answers(request, response)) {
                trace.during(chain::proceed);
            }
        } finally {
            String sent = request.prologue().method().text();
            String method = METHODS.contains(sent) ? sent : "other";
            int status = response.status().code();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            meters.request(trace, method, status, took);
            log.write(trace, method, status, took);
        }
    }

    private static TraceParent parent(RoutingRequest request) {
        return TraceParent.of(
                request.headers().all(PARENT, List::of), request.headers().all(STATE, List::of));
    }

    /// Nothing that is answered loads or runs anything, is to be kept, or to be guessed at, but for
    /// the [page's][Page] files, which say so themselves. What has a [tag][Tag] is no exception: it
    /// is for a page that holds the body itself and asks whether there is news, and not for the
    /// browser's files.
    private static void protect(RoutingResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.header("Referrer-Policy", "no-referrer");
    }
}
