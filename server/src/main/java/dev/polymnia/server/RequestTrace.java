package dev.polymnia.server;

import dev.polymnia.core.Mode;
import dev.polymnia.core.model.Usage;
import dev.polymnia.server.trace.TraceParent;
import org.jspecify.annotations.Nullable;

/// What is remembered of a request for the log: never its words, its keys or its body. Whoever
/// starts a run on the request's thread finds it as the [current][#current] one. Thread-safe.
final class RequestTrace {
    private static final ScopedValue<RequestTrace> CURRENT = ScopedValue.newInstance();

    private final TraceParent parent;
    private String route = "";
    private @Nullable String run;
    private @Nullable Mode mode;
    private @Nullable String limit;
    private String actor = "";
    private Usage usage = Usage.NONE;

    /// @param parent what the request says of the trace that it belongs to
    RequestTrace(TraceParent parent) {
        this.parent = parent;
    }

    /// Returns the one of the request that this thread answers; one that nobody looks at if it
    /// answers none.
    static RequestTrace current() {
        return CURRENT.isBound() ? CURRENT.get() : new RequestTrace(TraceParent.NONE);
    }

    /// Does some work with this as the current one.
    void during(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /// Returns one for what the request leaves to another thread, and nobody waits for.
    RequestTrace later() {
        return new RequestTrace(parent);
    }

    /// Returns what the request says of the trace that it belongs to.
    TraceParent parent() {
        return parent;
    }

    /// The request was for this route.
    synchronized void takes(String path) {
        route = path;
    }

    /// The request asks for a run; the last one counts.
    synchronized void asks(String name, Mode thought) {
        run = name;
        mode = thought;
    }

    /// A quota leaves a run of the request less than it could spend.
    synchronized void limits(String quota) {
        limit = quota;
    }

    /// Returns the quota, in words, that leaves a run of the request less than it could spend; null
    /// if none does.
    synchronized @Nullable String limit() {
        return limit;
    }

    /// The request is somebody's.
    ///
    /// @param name their pseudonym
    synchronized void acts(String name) {
        actor = name;
    }

    /// Returns the pseudonym of whose the request is; empty if that is not known.
    synchronized String actor() {
        return actor;
    }

    /// A run of the request has spent something.
    synchronized void spends(Usage spent) {
        usage = usage.plus(spent);
    }

    /// Returns the pattern of the path; empty if there is no such route.
    synchronized String route() {
        return route;
    }

    synchronized @Nullable String run() {
        return run;
    }

    synchronized @Nullable Mode mode() {
        return mode;
    }

    synchronized Usage usage() {
        return usage;
    }
}
