package dev.polymnia.bench.load;

import dev.polymnia.server.EventJson;
import dev.polymnia.server.store.RunState;
import dev.polymnia.server.store.RunStore;
import dev.polymnia.server.store.Store;
import dev.polymnia.server.store.StoredEvent;
import dev.polymnia.server.store.StoredRun;
import dev.polymnia.testkit.ToldRuns;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is in the store when its server is gone.
///
/// @param states how many of the runs that were acknowledged stand where
/// @param lost what was told and is not there
record Aftermath(Map<RunState, Integer> states, List<String> lost) {
    static Aftermath inFolder(Path folder, ToldRuns told) {
        try (Store store = Store.inFolder(folder, EventJson::line)) {
            return of(store.runs(), told);
        }
    }

    static Aftermath at(String url, ToldRuns told) {
        try (Store store = Store.at(url, EventJson::line)) {
            return of(store.runs(), told);
        }
    }

    private static Aftermath of(RunStore store, ToldRuns told) {
        Map<RunState, Integer> states = new EnumMap<>(RunState.class);
        List<String> lost = new ArrayList<>();
        for (String id : told.runs()) {
            Optional<StoredRun> run = store.find(id);
            if (run.isEmpty()) {
                lost.add(id + " is lost");
                continue;
            }
            states.merge(run.get().state(), 1, Integer::sum);
            List<StoredEvent> stored = store.events(id, 0, Integer.MAX_VALUE);
            for (int i = 0; i < stored.size(); i++) {
                if (stored.get(i).id() != i + 1) {
                    lost.add("%s: event %d has the id %d".formatted(id, i + 1, stored.get(i).id()));
                }
            }
            lost.addAll(told.missing(id, stored.stream().map(StoredEvent::json).toList()));
        }
        return new Aftermath(states, lost);
    }

    /// Returns what SQLite finds wrong with its files; `ok` if nothing.
    static String integrity(Path folder) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma integrity_check")) {
            return row.getString(1);
        }
    }

    /// Tells it.
    ///
    /// @return whether nothing is lost
    boolean tell(PrintStream out, ToldRuns told) {
        out.println(
                "acknowledged: %d runs %s, %,d events; lost: %d"
                        .formatted(told.runs().size(), states, told.events(), lost.size()));
        lost.stream().limit(10).forEach(out::println);
        return lost.isEmpty();
    }
}
