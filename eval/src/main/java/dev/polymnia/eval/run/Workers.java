package dev.polymnia.eval.run;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Several workers, each on a virtual thread, that do one piece of work after another until there
/// is none left, somebody stops them, or one of them fails. Used once. Thread-safe; calls nobody
/// while it holds its lock.
final class Workers {
    private final Cancellation work = new Cancellation();
    private @Nullable String stopped; // guarded by this
    private @Nullable Throwable failure; // guarded by this

    /// What a worker does again and again.
    @FunctionalInterface
    interface Step {
        /// Does the next piece of work.
        ///
        /// @return whether this worker goes on
        /// @throws InterruptedException if the worker is asked to end
        boolean next() throws InterruptedException;
    }

    /// Works until all is done.
    ///
    /// @param count how many workers there are
    /// @param cancellation stops them
    /// @return why they were stopped, in words; empty if nobody stopped them
    /// @throws Fault what made going on impossible
    Optional<String> run(int count, Step step, Cancellation cancellation) {
        List<Thread> threads = new ArrayList<>();
        try (Cancellation.Registration _ =
                cancellation.onRequest(() -> stop("A person stopped it."))) {
            for (int i = 0; i < count; i++) {
                threads.add(Thread.ofVirtual().name("eval-", i).start(() -> work(step)));
            }
            threads.forEach(this::await);
        }
        return result();
    }

    private void work(Step step) {
        try {
            boolean more = true;
            while (more) {
                more = step.next();
            }
        } catch (InterruptedException e) {
            stop("A worker was interrupted.");
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    private void await(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
                stop("The program was asked to end.");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<String> result() {
        if (failure instanceof Fault fault) {
            throw fault;
        }
        if (failure != null) {
            throw new Fault(
                    Fault.Code.INTERNAL,
                    "The evaluation stopped because of a defect: %s. What is finished is kept."
                            .formatted(failure),
                    failure);
        }
        return Optional.ofNullable(stopped);
    }

    /// Returns what ends the work that is under way.
    Cancellation cancellation() {
        return work;
    }

    /// Returns whether nothing new is to be begun.
    synchronized boolean isStopping() {
        return stopped != null || failure != null;
    }

    /// Lets what is under way come to its end; nothing new should be begun.
    synchronized void stopGently(String why) {
        stopped = stopped == null ? why : stopped;
    }

    /// Ends what is under way, too.
    private void stop(String why) {
        stopGently(why);
        work.request();
    }

    private void fail(Throwable thrown) {
        synchronized (this) {
            if (failure == null) {
                failure = thrown;
            } else {
                failure.addSuppressed(thrown);
            }
        }
        work.request();
    }
}
