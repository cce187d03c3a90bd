package dev.polymnia.core;

import java.time.Instant;

/// Time, passed in so that tests can hold it still. Thread-safe.
public interface Clock {
    /// The clock of this machine.
    Clock SYSTEM =
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.now();
                }

                @Override
                public long nanos() {
                    return System.nanoTime();
                }
            };

    /// Returns the time of day, for people and logs.
    Instant instant();

    /// Returns nanoseconds since an arbitrary moment; never goes back, so that the difference of
    /// two readings is a duration.
    long nanos();
}
