package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A household whose server keeps all in PostgreSQL.
final class PostgresHouseholdTest extends HouseholdContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    @Override
    Store openStore() {
        return Store.at(POSTGRES.newDatabase(), EventJson::line);
    }
}
