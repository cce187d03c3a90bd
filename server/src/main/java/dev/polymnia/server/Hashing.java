package dev.polymnia.server;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Where passwords are looked at, which is slow by intention. Only a few are looked at at once, and
/// each place rests for some times as long as its last look took, so that whoever floods the server
/// with sign-ins has an eighth of the machine and not half of it. The engine's threads wait for
/// each other in each step: what takes half of one processor from them takes far more than that of
/// their speed. Thread-safe.
final class Hashing {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// With places for half of the processors that leaves seven eighths of the machine to others.
    private static final int RESTS = 3;

    /// On a machine with very much to do a look takes long. Who comes next is not sent away for
    /// that.
    private static final Duration LONGEST_REST = PATIENCE.dividedBy(2);

    private final DelayQueue<Place> places = new DelayQueue<>();
    private final LongSupplier nanos;
    private final Duration patience;

    /// @param nanos the time, as `System.nanoTime`
    /// @param patience how long somebody waits for a place
    Hashing(int places, LongSupplier nanos, Duration patience) {
        this.nanos = nanos;
        this.patience = patience;
        for (int i = 0; i < places; i++) {
            this.places.add(new Place(nanos, nanos.getAsLong()));
        }
    }

    /// Returns one for this machine.
    static Hashing ofMachine() {
        int places = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Hashing(places, System::nanoTime, PATIENCE);
    }

    /// A place, which is free from some moment on.
    private record Place(LongSupplier nanos, long from) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(from - nanos.getAsLong(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /// Something that takes long.
    @FunctionalInterface
    interface Look<T> {
        T take();
    }

    /// Does what is slow by intention, when there is room for it.
    ///
    /// @throws ApiError if there is none in time
    <T> T run(Look<T> look) {
        if (await() == null) {
            throw ApiError.refused(
                    429, "too_many_sign_ins", "Too many sign in just now; try again.");
        }
        long begun = nanos.getAsLong();
        try {
            return look.take();
        } finally {
            long now = nanos.getAsLong();
            long rest = Math.min(RESTS * (now - begun), LONGEST_REST.toNanos());
            places.add(new Place(nanos, now + rest));
        }
    }

    private @Nullable Place await() {
        try {
            return places.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.refused(503, "stopping", "The server stops.");
        }
    }
}
