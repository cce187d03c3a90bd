package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Quotas that are kept in PostgreSQL.
final class PostgresQuotaTest extends QuotaContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    @Override
    Store openStore() {
        return Store.at(POSTGRES.newDatabase(), EventJson::line);
    }
}
