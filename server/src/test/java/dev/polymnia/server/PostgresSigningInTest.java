package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Signing in where all is kept in PostgreSQL.
final class PostgresSigningInTest extends SigningInContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    @Override
    Store openStore() {
        return Store.at(POSTGRES.newDatabase(), EventJson::line);
    }
}
