package dev.polymnia.server;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Events on their way from a run to one reader. The run never waits for the reader: if so many
/// events lie here that there is no room, the reader is dropped. It is interrupted, which closes
/// the connection that it is stuck in, and gets nothing more.
///
/// One thread reads, the one that made the queue; a run may tell from any other.
final class EventQueue implements RunListener {
    private final BlockingQueue<RunEvent> events;
    private final Runnable whenDropped;
    private final Thread reader = Thread.currentThread();
    private final AtomicBoolean dropped = new AtomicBoolean();

    /// @param most events that wait
    /// @param whenDropped what else is to be done if the reader is dropped, on the run's thread:
    ///   cancel the run if it is for this reader only
    EventQueue(int most, Runnable whenDropped) {
        events = new LinkedBlockingQueue<>(most);
        this.whenDropped = whenDropped;
    }

    @Override
    public void on(RunEvent event) {
        if (dropped.get() || events.offer(event)) {
            return;
        }
        dropped.set(true);
        events.clear();
        whenDropped.run();
        reader.interrupt();
    }

    /// Waits for the next event.
    ///
    /// @return null if there is none in that time
    /// @throws UncheckedIOException if this reader was dropped
    /// @throws Fault `CANCELLED` if the thread is interrupted
    @Nullable RunEvent poll(Duration time) {
        try {
            requireReader();
            RunEvent event = events.poll(time.toMillis(), TimeUnit.MILLISECONDS);
            requireReader();
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            requireReader();
            throw new Fault(Fault.Code.CANCELLED, "The server stops.", e);
        }
    }

    /// Returns whether nothing waits.
    boolean isEmpty() {
        return events.isEmpty();
    }

    private void requireReader() {
        if (dropped.get()) {
            throw new UncheckedIOException(
                    new IOException("the client reads too slowly and was dropped"));
        }
    }
}
