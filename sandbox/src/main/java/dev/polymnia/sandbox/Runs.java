package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/// The programs that a sandbox runs at the moment, and the door that closing it shuts. Thread-safe.
final class Runs {
    /// One run. Confined to the thread that waits for it, except [#stop].
    interface Run {
        /// Makes [#finish] end the program soon and fail with `UNAVAILABLE`. May be called by any
        /// thread.
        void stop();

        /// Waits for the end of the program, or makes it; then no process of it is left.
        ///
        /// @throws Fault as [Sandbox#run] does
        Finished finish();
    }

    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    /// Each use holds the first, closing the second.
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile boolean closed;

    /// Does what has to be done for a program while the sandbox cannot be freed.
    ///
    /// @throws Fault with `CANCELLED` if the thread is interrupted, `UNAVAILABLE` if the sandbox is
    ///   closed
    Finished use(Supplier<Finished> action) {
        if (Thread.currentThread().isInterrupted()) {
            throw new Fault(
                    Fault.Code.CANCELLED, "The thread was interrupted before the program ran.");
        }
        use.readLock().lock();
        try {
            if (closed) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE, "The sandbox was closed; open another one.");
            }
            return action.get();
        } finally {
            use.readLock().unlock();
        }
    }

    /// Waits for a run that was just started; to be called within [#use].
    Finished finish(Run run) {
        running.add(run);
        try {
            if (closed) {
                run.stop();
            }
            return run.finish();
        } finally {
            running.remove(run);
        }
    }

    /// Lets nothing begin any more, stops what runs, waits for that, and frees what the sandbox
    /// holds.
    void close(Runnable free) {
        closed = true;
        running.forEach(Run::stop);
        use.writeLock().lock();
        try {
            free.run();
        } finally {
            use.writeLock().unlock();
        }
    }
}
