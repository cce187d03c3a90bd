package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import dev.polymnia.server.EventJson;
import dev.polymnia.testkit.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresBackupTest extends BackupContract {
    private static @Nullable Postgres postgres;

    /// A database that has all tables and nothing in them.
    private static String empty = "";

    private String url = "";

    @BeforeAll
    static void start() throws Exception {
        Postgres started = new Postgres();
        postgres = started;
        empty = started.newDatabase();
        Store.at(empty, EventJson::line).close();
    }

    @AfterAll
    static void stop() throws Exception {
        requireNonNull(postgres).remove();
    }

    @Override
    @BeforeEach
    void begin() {
        try {
            url = requireNonNull(postgres).newDatabaseLike(empty);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        super.begin();
    }

    @Override
    Store open() {
        return Store.at(url, EventJson::line);
    }

    @Override
    Backup backup() {
        return Backup.at(url);
    }

    @Override
    void makeLater() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into flyway_schema_history (installed_rank, version, description, type,"
                            + " script, installed_by, execution_time, success) values (99, '99',"
                            + " 'later', 'SQL', 'V99__later.sql', 'x', 1, true)");
        }
    }
}
