package dev.polymnia.llama;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// How long native memory that many threads read may be read. Thread-safe.
final class Life {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean ended; // guarded by lock

    /// Does something that needs the memory, together with others.
    ///
    /// @throws IllegalStateException if it is gone
    <T> T whileAlive(Supplier<T> action) {
        lock.readLock().lock();
        try {
            if (ended) {
                throw LlamaModel.closed();
            }
            return action.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Gives the memory back, once nobody reads it.
    void end(Runnable giveBack) {
        lock.writeLock().lock();
        try {
            ended = true;
            giveBack.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
