package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Removes runs that ended long ago, with all their events: as soon as it is opened, and every hour
/// until it is closed, on a thread of its own. Thread-safe.
public final class Retention implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofHours(1);

    /// So that the runs at work do not wait long for the database.
    private static final int TOGETHER = 100;

    private final RunStore store;
    private final Duration kept;
    private final InstantSource time;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("run-retention").daemon().factory());

    /// Opens the retention of a store.
    ///
    /// @param store stays the caller's, who closes it afterwards
    /// @param kept how long a run is kept after its end; zero for ever
    public Retention(RunStore store, Duration kept) {
        this(store, kept, InstantSource.system());
        if (!kept.isZero()) {
            var _ =
                    thread.scheduleWithFixedDelay(
                            this::tend, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
        }
    }

    Retention(RunStore store, Duration kept, InstantSource time) {
        this.store = store;
        this.kept = kept;
        this.time = time;
    }

    private void tend() {
        try {
            sweep();
        } catch (Fault fault) {
            // It is tried again in an hour.
            System.getLogger("polymnia")
                    .log(System.Logger.Level.WARNING, fault.getMessage(), fault);
        }
    }

    /// Removes what has been kept long enough.
    void sweep() {
        int removed;
        do {
            removed = store.deleteEndedBefore(time.instant().minus(kept), TOGETHER);
        } while (removed == TOGETHER && !thread.isShutdown());
    }

    /// Waits for what it is about to remove.
    @Override
    public void close() {
        thread.close();
    }
}
