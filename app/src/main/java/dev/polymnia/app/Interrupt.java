package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns an interrupt of the process (Ctrl-C, a termination signal) into a cancellation or another
/// way to end, and gives the work time to end in good order: branches are closed, half-fetched
/// files secured. Closed when the work is over. Thread-safe.
final class Interrupt implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;
    private volatile Runnable end;
    private volatile Duration patience = PATIENCE;

    private Interrupt(Runnable end) {
        this.end = end;
        hook =
                new Thread(
                        () -> {
                            signal();
                            awaitEnd();
                        },
                        "polymnia-interrupt");
    }

    static Interrupt cancels(Cancellation cancellation) {
        Interrupt interrupt = new Interrupt(cancellation::request);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /// From now on an interrupt ends the work in this way instead; it has to return at once.
    void endsBy(Runnable end) {
        this.end = end;
    }

    /// From now on an interrupt ends the work in this way, and the process waits for it longer than
    /// usual.
    ///
    /// @param time how much longer
    void endsBy(Runnable end, Duration time) {
        patience = PATIENCE.plus(time);
        this.end = end;
    }

    /// Does what an interrupt does, but for waiting.
    void signal() {
        end.run();
    }

    @Override
    public void close() {
        over.countDown();
        if (!hook.isAlive()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already; the hook is about to see that the work is over.
                return;
            }
        }
    }

    private void awaitEnd() {
        try {
            if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.getLogger("polymnia")
                        .log(System.Logger.Level.DEBUG, "the work did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
