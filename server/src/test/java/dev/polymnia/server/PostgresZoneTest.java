package dev.polymnia.server;

import dev.polymnia.server.store.Store;
import java.time.ZoneId;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Zones of what is kept in PostgreSQL.
final class PostgresZoneTest extends ZoneContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    @Override
    Store open(ZoneId chosen) {
        return Store.at(POSTGRES.newDatabase(), EventJson::line, chosen);
    }
}
