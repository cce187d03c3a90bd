package dev.polymnia.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Databases of every earlier version come to the tables of this one, with all that is in them.
abstract class MigrationsContract {
    /// What a server of a version wrote, by the version that could write it first.
    private static final NavigableMap<Integer, List<String>> WRITTEN =
            new TreeMap<>(
                    Map.of(
                            1,
                            List.of(
                                    "insert into runs (id, mode, model, background, state, created,"
                                            + " ended, attempts, request, result) values ('run-1',"
                                            + " 'THINKING', 'thinking', 1, 'finished', 1000, 2000,"
                                            + " 1, '{}', '{\"text\":\"31\"}')",
                                    "insert into events (run, id, sequence, json) values ('run-1',"
                                            + " 1, 0, '{\"type\":\"run_started\"}')",
                                    "insert into events (run, id, sequence, json) values ('run-1',"
                                            + " 2, 1, '{\"type\":\"run_finished\"}')"),
                            4,
                            List.of(
                                    "insert into people (id, name, folded, pseudonym, role,"
                                        + " created) values ('person-1', 'Ada', 'ada', 'somebody',"
                                        + " 'owner', 1000)"),
                            7,
                            List.of(
                                    "insert into conversations (id, person, title, folder, tags,"
                                            + " pinned, archived, created, changed) values"
                                            + " ('conversation-1', 'person-1', 'Birds', '', ' ', 0,"
                                            + " 0, 1000, 2000)",
                                    "insert into messages (id, conversation, parent, role, text,"
                                            + " run, state, created) values ('message-1',"
                                            + " 'conversation-1', null, 'user', 'What is a heron?',"
                                            + " null, 'whole', 1000)")));

    /// Returns the URL of a new database.
    abstract String newDatabase() throws Exception;

    /// Opens the store in the database that was made last.
    abstract Store open();

    /// What the tables and indexes are.
    abstract String schemaQuery();

    static Stream<Integer> versions() {
        return Migrations.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void what_an_earlier_version_wrote_is_there(int version) throws Exception {
        String url = newDatabase();
        Migrations.apply(url, version);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (List<String> rows : WRITTEN.headMap(version, true).values()) {
                for (String row : rows) {
                    statement.execute(row);
                }
            }
        }

        try (Store store = open()) {
            StoredRun run = store.runs().find("run-1").orElseThrow();
            assertThat(run.state()).isEqualTo(RunState.FINISHED);
            assertThat(store.runs().events("run-1", 0, 10)).hasSize(2);
            assertThat(store.people().named("ADA").isPresent()).isEqualTo(version >= 4);
            assertThat(store.conversations().search("person-1", "heron", 10))
                    .hasSize(version >= 7 ? 1 : 0);
        }
    }

    @Test
    void the_tables_are_those_of_a_new_database() throws Exception {
        String fresh = newDatabase();
        Migrations.apply(fresh);
        List<String> wanted = schema(fresh);
        assertThat(wanted).hasSizeGreaterThan(20);
        String url = newDatabase();

        Migrations.versions().forEach(version -> Migrations.apply(url, version));

        assertThat(schema(url)).isEqualTo(wanted);
    }

    private List<String> schema(String url) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(schemaQuery())) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
