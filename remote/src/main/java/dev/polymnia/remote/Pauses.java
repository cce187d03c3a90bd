package dev.polymnia.remote;

import com.openai.core.Sleeper;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/// Sleeps between two tries of a call, and wakes up when the call's thread is interrupted.
final class Pauses implements Sleeper {
    @Override
    public void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("the call was cancelled between two tries")
                            .initCause(e);
        }
    }

    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
        throw new UnsupportedOperationException("calls are made on threads that may block");
    }

    @Override
    public void close() {}
}
