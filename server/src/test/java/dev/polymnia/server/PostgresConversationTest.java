package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Conversations that are kept in PostgreSQL.
final class PostgresConversationTest extends ConversationContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    @Override
    Store openStore() {
        return Store.at(POSTGRES.newDatabase(), EventJson::line);
    }
}
