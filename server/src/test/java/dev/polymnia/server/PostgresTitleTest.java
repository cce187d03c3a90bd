package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Titles of what is kept in PostgreSQL.
final class PostgresTitleTest extends TitleContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    @Override
    Store openStore() {
        return Store.at(POSTGRES.newDatabase(), EventJson::line);
    }
}
