package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Postgres;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Conversations that are kept in PostgreSQL.
final class PostgresConversationTest extends ConversationContract {
    private static @Nullable Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres();
    }

    @AfterAll
    static void stop() throws Exception {
        requireNonNull(postgres).remove();
    }

    @Override
    Store openStore() {
        try {
            return Store.at(requireNonNull(postgres).newDatabase(), EventJson::line);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
