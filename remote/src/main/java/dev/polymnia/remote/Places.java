package dev.polymnia.remote;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How many calls to an endpoint may be in flight at once. Who comes when all places are taken
/// waits behind those who came before. Thread-safe.
final class Places {
    private final Set<Place> waiting = new LinkedHashSet<>(); // guarded by this
    private int free; // guarded by this

    /// @param most how many, at least 1
    Places(int most) {
        free = most;
    }

    /// Asks for a place; whoever asks leaves it, whether it was given to him or not.
    synchronized Place ask() {
        Place place = new Place();
        if (free > 0) {
            free--;
            place.given.countDown();
        } else {
            waiting.add(place);
        }
        return place;
    }

    /// Returns how many wait.
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void leave(Place place) {
        if (place.left) {
            return;
        }
        place.left = true;
        if (waiting.remove(place)) {
            return;
        }
        if (waiting.isEmpty()) {
            free++;
        } else {
            Place next = waiting.iterator().next();
            waiting.remove(next);
            next.given.countDown();
        }
    }

    /// A place, or the wish for one.
    final class Place implements AutoCloseable {
        private final CountDownLatch given = new CountDownLatch(1);
        private boolean left; // guarded by the places

        /// Waits a moment for it.
        ///
        /// @return whether it has been given
        boolean await(long millis) throws InterruptedException {
            return given.await(millis, TimeUnit.MILLISECONDS);
        }

        /// Leaves it to the next one. Leaving it again does nothing.
        @Override
        public void close() {
            leave(this);
        }
    }
}
