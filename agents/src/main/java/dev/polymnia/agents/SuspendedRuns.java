package dev.polymnia.agents;

import dev.polymnia.core.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Runs that wait until their clients have run tools. A client of a stateless API sends the whole
/// conversation with its results; the ids of the calls say which run goes on. What is not asked for
/// in time is forgotten, and then the conversation is answered anew. Thread-safe.
public final class SuspendedRuns {
    private final Clock clock;
    private final Duration kept;
    private final int most;

    /// By the ids of their calls without the number at the end; the oldest first. Guarded by this.
    private final Map<String, Entry> runs = new LinkedHashMap<>();

    private record Entry(Suspended run, long until) {}

    /// Creates a place for runs to wait in.
    ///
    /// @param clock tells how long they have
    /// @param kept how long a run waits
    /// @param most runs that wait at once; beyond, the oldest is forgotten
    public SuspendedRuns(Clock clock, Duration kept, int most) {
        this.clock = clock;
        this.kept = kept;
        this.most = most;
    }

    /// Keeps a run.
    public synchronized void keep(Suspended run) {
        forget();
        runs.put(
                key(run.toolCalls().getFirst().id()),
                new Entry(run, clock.nanos() + kept.toNanos()));
        Iterator<String> oldest = runs.keySet().iterator();
        while (runs.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    /// Takes the run that waits for the results of these calls; nobody else gets it.
    ///
    /// @param calls ids
    /// @return empty if there is none, or none that waits for all of them
    public synchronized Optional<Suspended> take(Collection<String> calls) {
        forget();
        if (calls.isEmpty() || calls.stream().map(SuspendedRuns::key).distinct().count() > 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(runs.remove(key(calls.iterator().next()))).map(Entry::run);
    }

    private synchronized void forget() {
        long now = clock.nanos();
        runs.values().removeIf(entry -> now - entry.until() >= 0);
    }

    private static String key(String call) {
        return call.substring(0, Math.max(0, call.lastIndexOf('-')));
    }
}
