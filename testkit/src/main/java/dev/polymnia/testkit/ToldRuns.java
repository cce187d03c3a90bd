package dev.polymnia.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// What a server has acknowledged: runs, and events by their ids. All of it has to be there later,
/// whatever happens in between. Thread-safe.
public final class ToldRuns {
    private final Map<String, Map<Long, String>> told = new ConcurrentHashMap<>();

    /// Makes one that knows of nothing.
    public ToldRuns() {}

    /// Notes a run.
    public void add(String run) {
        told.computeIfAbsent(run, _ -> new ConcurrentSkipListMap<>());
    }

    /// Notes an event of a run that is [noted][#add(String)].
    public void add(String run, long id, String json) {
        told.getOrDefault(run, Map.of()).put(id, json);
    }

    /// Returns the runs.
    public Set<String> runs() {
        return new TreeSet<>(told.keySet());
    }

    /// Returns how many events there are.
    public long events() {
        return told.values().stream().mapToLong(Map::size).sum();
    }

    /// Returns what was told of a run and is not there any more, or is something else.
    ///
    /// @param stored the events that are there, those with the ids 1, 2, 3, …
    public List<String> missing(String run, List<String> stored) {
        List<String> missing = new ArrayList<>();
        told.getOrDefault(run, Map.of())
                .forEach((id, json) -> {
                    if (id > stored.size()) {
                        missing.add("%s: event %d is lost: %s".formatted(run, id, json));
                    } else if (!stored.get(Math.toIntExact(id) - 1).equals(json)) {
                        missing.add("%s: event %d was another: %s".formatted(run, id, json));
                    }
                });
        return missing;
    }
}
