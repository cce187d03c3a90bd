package dev.polymnia.server;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Responses that can be asked for later, and be gone on from: in memory, for a time, the latest
/// only. Thread-safe.
final class KeptResponses implements AutoCloseable {
    /// The most responses in the background at once.
    static final int MOST_AT_WORK = 64;

    private final Clock clock;
    private final Duration kept;
    private final int most;

    /// The oldest first. Guarded by this.
    private final Map<String, Entry> responses = new LinkedHashMap<>();

    /// A response.
    ///
    /// @param body as its client sees it
    /// @param conversation with its answer; empty as long as there is none
    /// @param work on it; empty if it is over
    record Response(ObjectNode body, Optional<List<Message>> conversation, Optional<Work> work) {}

    /// What is done in the background.
    ///
    /// @param thread ends with it
    record Work(Cancellation cancellation, Thread thread) {
        /// Ends it, and waits for its end.
        void cancel() {
            cancellation.request();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Fault(Fault.Code.CANCELLED, "The server stops.", e);
            }
        }
    }

    private record Entry(Response response, long until) {}

    /// @param kept how long a response is kept
    /// @param most responses that are kept at once; beyond, the oldest that is over is forgotten
    KeptResponses(Clock clock, Duration kept, int most) {
        this.clock = clock;
        this.kept = kept;
        this.most = most;
    }

    /// Keeps a response that is begun in the background.
    ///
    /// @throws Fault `OVERLOADED` if so many are at work that no more are begun
    synchronized void begin(String id, Response response) {
        long atWork =
                responses.values().stream()
                        .filter(entry -> entry.response().work().isPresent())
                        .count();
        if (atWork >= MOST_AT_WORK) {
            throw new Fault(
                    Fault.Code.OVERLOADED,
                    "%d responses are at work in the background; wait for one, or cancel one."
                            .formatted(atWork));
        }
        put(id, response);
    }

    /// Keeps a response, in place of what was known of it.
    synchronized void put(String id, Response response) {
        forget();
        responses.put(id, new Entry(response, clock.nanos() + kept.toNanos()));
        Iterator<Entry> oldest = responses.values().iterator();
        while (responses.size() > most && oldest.hasNext()) {
            if (oldest.next().response().work().isEmpty()) {
                oldest.remove();
            }
        }
    }

    /// Keeps what a response has come to, unless it was deleted meanwhile.
    synchronized void replace(String id, Response response) {
        if (responses.containsKey(id)) {
            put(id, response);
        }
    }

    synchronized Optional<Response> get(String id) {
        forget();
        return Optional.ofNullable(responses.get(id)).map(Entry::response);
    }

    /// Forgets a response.
    ///
    /// @return it; empty if there was none
    synchronized Optional<Response> remove(String id) {
        forget();
        return Optional.ofNullable(responses.remove(id)).map(Entry::response);
    }

    private synchronized void forget() {
        long now = clock.nanos();
        responses
                .values()
                .removeIf(entry -> entry.response().work().isEmpty() && now - entry.until() >= 0);
    }

    /// Cancels what is at work, and waits for its end.
    @Override
    public void close() {
        List<Work> work = new ArrayList<>();
        synchronized (this) {
            responses.values().forEach(entry -> entry.response().work().ifPresent(work::add));
        }
        work.forEach(Work::cancel);
    }
}
