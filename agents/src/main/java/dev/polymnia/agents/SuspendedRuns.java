package dev.polymnia.agents;

import dev.polymnia.core.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs that wait until their clients have run tools. A client of a stateless API sends the whole
/// conversation with its results; the ids of the calls say which run goes on. What is not asked for
/// in time is forgotten, and then the conversation is answered anew. Where several people ask, each
/// has [runs of their own][#of], and the ids of another's say nothing. Thread-safe.
public final class SuspendedRuns {
    private final Clock clock;
    private final Duration kept;
    private final int most;
    private final String owner;

    /// All people's, the oldest first. Guarded by itself.
    private final Map<Key, Entry> runs;

    /// @param call the id of a call without the number at the end
    private record Key(String owner, String call) {
        static Key of(String owner, String call) {
            return new Key(owner, call.substring(0, Math.max(0, call.lastIndexOf('-'))));
        }
    }

    private record Entry(Suspended run, long until) {}

    /// Creates a place for runs to wait in.
    ///
    /// @param clock tells how long they have
    /// @param kept how long a run waits
    /// @param most runs that wait at once; beyond, the oldest is forgotten
    public SuspendedRuns(Clock clock, Duration kept, int most) {
        this(clock, kept, most, "", new LinkedHashMap<>());
    }

    private SuspendedRuns(
            Clock clock, Duration kept, int most, String owner, Map<Key, Entry> runs) {
        this.clock = clock;
        this.kept = kept;
        this.most = most;
        this.owner = owner;
        this.runs = runs;
    }

    /// Returns the part of this place in which somebody's runs wait; all parts together have room
    /// for as many as this.
    ///
    /// @param person tells them from the others
    public SuspendedRuns of(String person) {
        return new SuspendedRuns(clock, kept, most, person, runs);
    }

    /// Keeps a run.
    public void keep(Suspended run) {
        synchronized (runs) {
            forget();
            runs.put(
                    Key.of(owner, run.toolCalls().getFirst().id()),
                    new Entry(run, clock.nanos() + kept.toNanos()));
            Iterator<Key> oldest = runs.keySet().iterator();
            while (runs.size() > most) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /// Takes the run that waits for the results of these calls; nobody else gets it.
    ///
    /// @param calls ids
    /// @return empty if there is none, or none that waits for all of them
    public Optional<Suspended> take(Collection<String> calls) {
        synchronized (runs) {
            forget();
            List<Key> keys = calls.stream().map(call -> Key.of(owner, call)).distinct().toList();
            return keys.size() == 1
                    ? Optional.ofNullable(runs.remove(keys.getFirst())).map(Entry::run)
                    : Optional.empty();
        }
    }

    private void forget() {
        synchronized (runs) {
            long now = clock.nanos();
            runs.values().removeIf(entry -> now - entry.until() >= 0);
        }
    }
}
