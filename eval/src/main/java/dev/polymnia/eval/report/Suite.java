package dev.polymnia.eval.report;

import dev.polymnia.eval.RunSetup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs over the same questions: one task and one data file.
///
/// @param name the task, with the data's digest behind it if there are several of one task
/// @param rows its runs, at least one
record Suite(String name, List<Row> rows) {
    private static final int DIGEST = 8;

    /// Copies the rows.
    Suite {
        rows = List.copyOf(rows);
    }

    /// Returns the suites of rows, in the order of their first rows.
    static List<Suite> of(List<Row> rows) {
        Map<Key, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            RunSetup setup = row.run().setup();
            groups.computeIfAbsent(
                            new Key(setup.task(), setup.dataDigest()), _ -> new ArrayList<>())
                    .add(row);
        }
        List<Suite> suites = new ArrayList<>();
        groups.forEach((key, group) -> suites.add(new Suite(name(key, groups), group)));
        return suites;
    }

    private static String name(Key key, Map<Key, List<Row>> groups) {
        long same = groups.keySet().stream().filter(it -> it.task().equals(key.task())).count();
        String digest = key.data().substring(0, Math.min(DIGEST, key.data().length()));
        return same == 1 ? key.task() : key.task() + " (data " + digest + ")";
    }

    private record Key(String task, String data) {}
}
