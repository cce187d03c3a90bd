package dev.polymnia.server;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets runs begin: so many at once, so many more wait in the order in which they came, and the
/// rest is sent away. The one step that every run passes before anything is spent. Thread-safe.
final class Admission {
    /// The most that wait behind all others.
    static final int MOST_LAST = 16;

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final int most;
    private final int mostWaiting;
    private final Duration patience;
    // All that follows is guarded by this.
    private final Set<Place> atWork = new LinkedHashSet<>();
    private final Deque<Place> waiting = new ArrayDeque<>();
    private final Deque<Place> atLeisure = new ArrayDeque<>();
    private final Deque<Place> last = new ArrayDeque<>();
    private boolean stopped;

    /// @param most runs at once
    /// @param mostWaiting runs that wait for one of them to end
    /// @param patience how long each of them waits
    Admission(int most, int mostWaiting, Duration patience) {
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.patience = patience;
    }

    /// Lets a run begin; blocks until it may.
    ///
    /// @param cancellation the run's own
    /// @return its place, which is closed when nothing of the run is left
    /// @throws Fault `OVERLOADED` if too many wait or the wait was too long, `UNAVAILABLE` if no
    ///   run begins any more, `CANCELLED` if the run was cancelled or this thread interrupted
    Place enter(Mode mode, Cancellation cancellation) {
        Place place = new Place(mode, cancellation);
        if (!place(place, waiting, mostWaiting)) {
            await(place, patience);
        }
        return place;
    }

    /// Lets a run begin for which nobody waits, after all others; blocks until it may.
    ///
    /// @return as [#enter]
    /// @throws Fault as [#enter], but never because the wait was too long
    Place enterAtLeisure(Mode mode, Cancellation cancellation) {
        Place place = new Place(mode, cancellation);
        if (!place(place, atLeisure, Integer.MAX_VALUE)) {
            await(place, FOR_EVER);
        }
        return place;
    }

    /// Lets a run begin that may as well not be: behind all others, those for which nobody waits
    /// among them; blocks until it may.
    ///
    /// @return as [#enter]
    /// @throws Fault as [#enter], but never because the wait was too long
    Place enterLast(Mode mode, Cancellation cancellation) {
        Place place = new Place(mode, cancellation);
        if (!place(place, last, MOST_LAST)) {
            await(place, FOR_EVER);
        }
        return place;
    }

    /// Returns whether the run may begin at once; if not it waits from now on.
    private synchronized boolean place(Place place, Deque<Place> queue, int longest) {
        if (stopped) {
            throw stopping();
        }
        if (atWork.size() < most) {
            atWork.add(place);
            return true;
        }
        if (queue.size() >= longest) {
            throw new Fault(
                    Fault.Code.OVERLOADED,
                    "%d runs are at work and %d wait, which is all that this server takes; ask again later."
                            .formatted(atWork.size(), queue.size()));
        }
        queue.addLast(place);
        return false;
    }

    private void await(Place place, Duration longest) {
        try (var _ = place.cancellation.onRequest(() -> place.refuse(cancelled()))) {
            place.turn.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!isAtWork(place)) {
                throw new Fault(
                        Fault.Code.OVERLOADED,
                        "No run has ended for it in %d seconds; ask again later."
                                .formatted(longest.toSeconds()),
                        e);
            }
        } catch (ExecutionException e) {
            place.close();
            throw e.getCause() instanceof Fault fault
                    ? fault
                    : new Fault(Fault.Code.INTERNAL, "The wait broke: " + e.getCause(), e);
        } catch (InterruptedException e) {
            place.close();
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The server stops.", e);
        }
    }

    /// Takes a place out of the queue.
    ///
    /// @return whether its turn has come in the last moment
    private synchronized boolean isAtWork(Place place) {
        forget(place);
        return atWork.contains(place);
    }

    private synchronized void forget(Place place) {
        queues().forEach(queue -> queue.remove(place));
    }

    /// Returns those that wait, in the order of their turns.
    private synchronized List<Deque<Place>> queues() {
        return List.of(waiting, atLeisure, last);
    }

    private synchronized void leave(Place place) {
        forget(place);
        if (!atWork.remove(place)) {
            return;
        }
        Optional<Place> next =
                queues().stream().filter(queue -> !queue.isEmpty()).findFirst().map(Deque::remove);
        next.ifPresent(it -> {
            atWork.add(it);
            it.turn.complete(true);
        });
        notifyAll();
    }

    /// From now on no run begins; those that wait are sent away.
    synchronized void stop() {
        stopped = true;
        for (Deque<Place> queue : queues()) {
            queue.forEach(place -> place.refuse(stopping()));
            queue.clear();
        }
    }

    /// Returns whether runs may begin.
    synchronized boolean isOpen() {
        return !stopped;
    }

    /// Waits until no run is at work.
    ///
    /// @return false if there still is one after that time
    synchronized boolean awaitEnd(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!atWork.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /// Cancels all runs that are at work; returns at once.
    void cancelAll() {
        List<Place> all;
        synchronized (this) {
            all = List.copyOf(atWork);
        }
        all.forEach(place -> place.cancellation.request());
    }

    /// Returns how many runs of a mode are at work.
    synchronized int atWork(Mode mode) {
        return count(atWork, mode);
    }

    /// Returns how many runs of a mode wait.
    synchronized int waiting(Mode mode) {
        return queues().stream().mapToInt(queue -> count(queue, mode)).sum();
    }

    private static int count(Collection<Place> places, Mode mode) {
        return (int) places.stream().filter(place -> place.mode == mode).count();
    }

    private static Fault stopping() {
        return new Fault(
                Fault.Code.UNAVAILABLE, "The server is about to stop; ask again when it is back.");
    }

    private static Fault cancelled() {
        return new Fault(Fault.Code.CANCELLED, "The run was cancelled before it began.");
    }

    /// The place of one run, waiting or at work. Thread-safe.
    final class Place implements AutoCloseable {
        private final Mode mode;
        private final Cancellation cancellation;
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private Place(Mode mode, Cancellation cancellation) {
            this.mode = mode;
            this.cancellation = cancellation;
        }

        private void refuse(Fault why) {
            turn.completeExceptionally(why);
        }

        /// Leaves it to the next; does nothing the second time.
        @Override
        public void close() {
            leave(this);
        }
    }
}
