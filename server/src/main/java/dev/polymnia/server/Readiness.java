package dev.polymnia.server;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/// Whether the server should be sent requests. If the model has just failed, it should not for a
/// while; then it is worth another try. Thread-safe.
final class Readiness implements Settlement {
    /// How long a failure of the model counts.
    static final Duration PAUSE = Duration.ofSeconds(30);

    /// What it is called when requests should be sent.
    static final String READY = "ready";

    private static final Set<String> FAILURES =
            Set.of("unavailable", "internal", "corrupt", Settled.BROKEN);

    private final Admission admission;
    private final LongSupplier nanos;
    // Guarded by this, as is the time of it.
    private boolean failed;
    private long failedAt;

    /// @param nanos tells the time, as `System.nanoTime` does
    Readiness(Admission admission, LongSupplier nanos) {
        this.admission = admission;
        this.nanos = nanos;
    }

    @Override
    public synchronized void settle(Settled run) {
        failed = FAILURES.contains(run.end());
        failedAt = nanos.getAsLong();
    }

    /// Returns why no requests should be sent; [#READY] if they should.
    synchronized String state() {
        if (!admission.isOpen()) {
            return "stopping";
        }
        boolean pausing = failed && nanos.getAsLong() - failedAt < PAUSE.toNanos();
        return pausing ? "model_failed" : READY;
    }
}
