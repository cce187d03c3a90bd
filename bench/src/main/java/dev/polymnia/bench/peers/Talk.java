package dev.polymnia.bench.peers;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A request that runs: its peer tells what comes, the scenario waits for it. Thread-safe.
final class Talk {
    private static final long LONGEST_MINUTES = 30;

    private final long begun = System.nanoTime();
    private final Cancellation cancellation = new Cancellation();
    private final List<Long> times = new ArrayList<>(); // guarded by this
    private final StringBuilder text = new StringBuilder(); // guarded by this
    private @Nullable Reply reply; // guarded by this

    /// Is asked for when nobody wants to hear more.
    Cancellation cancellation() {
        return cancellation;
    }

    /// Takes words that have come now.
    synchronized void words(String words) {
        times.add(System.nanoTime());
        text.append(words);
        notifyAll();
    }

    /// Takes the end.
    synchronized void end(Reply.Counts counts, String stop) {
        finish(counts, stop, "");
    }

    /// Takes a failure; one that comes after the end is not one.
    synchronized void fail(String error) {
        if (reply == null) {
            finish(Reply.Counts.NONE, "failed", error.isEmpty() ? "failed" : error);
        }
    }

    private void finish(Reply.Counts counts, String stop, String error) {
        reply = new Reply(begun, times, System.nanoTime(), counts, stop, text.toString(), error);
        notifyAll();
    }

    /// Waits until words have come a number of times.
    ///
    /// @return false if it ended before
    synchronized boolean awaitWords(int count) throws InterruptedException {
        waitUntil(() -> times.size() >= count || reply != null);
        return times.size() >= count;
    }

    /// Waits for the end.
    synchronized Reply await() throws InterruptedException {
        waitUntil(() -> reply != null);
        return requireNonNull(reply);
    }

    /// Returns when words have come up to now.
    synchronized List<Long> times() {
        return List.copyOf(times);
    }

    private synchronized void waitUntil(BooleanSupplier done) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
        while (!done.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("no end after " + LONGEST_MINUTES + " minutes");
            }
            wait(left);
        }
    }
}
