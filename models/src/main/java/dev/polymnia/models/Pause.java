package dev.polymnia.models;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits before something is tried again; passed in, so that tests need not. Thread-safe.
@FunctionalInterface
interface Pause {
    /// Really waits.
    Pause REAL = Pause::await;

    /// Blocks for a while, or until a stop is asked for.
    ///
    /// @throws Fault with `CANCELLED`
    void sleep(Duration time, Cancellation cancellation);

    private static void await(Duration time, Cancellation cancellation) {
        CountDownLatch stopped = new CountDownLatch(1);
        try (var _ = cancellation.onRequest(stopped::countDown)) {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                cancellation.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The wait was interrupted.", e);
        }
    }
}
