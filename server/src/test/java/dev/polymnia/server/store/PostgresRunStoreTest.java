package dev.polymnia.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.server.EventJson;
import dev.polymnia.testkit.Postgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PostgresRunStoreTest extends RunStoreContract {
    private static Postgres postgres;

    /// A database that has all tables and nothing in them.
    private static String empty = "";

    private String url = "";

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres();
        empty = postgres.newDatabase();
        Store.at(empty, EventJson::line).close();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.remove();
    }

    @Override
    @BeforeEach
    void openFirst() {
        try {
            url = postgres.newDatabaseLike(empty);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        openAgain();
    }

    @Override
    Store open() {
        return Store.at(url, EventJson::line);
    }

    @Test
    void nothing_is_lost_when_the_database_is_started_anew() throws Exception {
        RunLog log = begin(run("run-1", 1));
        log.add(event("run-1", -1, 0, started()));
        postgres.stop();
        for (int i = 1; i <= 100; i++) {
            log.add(event("run-1", 0, i, words("x")));
        }
        postgres.start();
        log.add(event("run-1", -1, 101, finished("x")));

        List<JsonNode> events = toTheEnd("run-1");
        assertThat(text(events)).isEqualTo("x".repeat(100));
        assertThat(store.find("run-1").orElseThrow().state()).isEqualTo(RunState.FINISHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:secret",
                "postgresql://secret@localhost/x",
                "jdbc:postgresql://127.0.0.1:1/x?user=u&password=secret"
            })
    void a_url_that_leads_nowhere_is_said_and_not_shown(String wrong) {
        assertThatThrownBy(() -> Store.at(wrong, EventJson::line))
                .isInstanceOf(Fault.class)
                .hasMessageNotContaining("secret");
    }
}
