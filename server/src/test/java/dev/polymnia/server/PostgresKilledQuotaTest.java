package dev.polymnia.server;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Quotas in PostgreSQL, whose server is killed.
final class PostgresKilledQuotaTest extends KilledQuotaContract {
    @RegisterExtension static final FreshPostgres POSTGRES = new FreshPostgres();

    private String url = "";

    @BeforeEach
    void makeDatabase() {
        url = POSTGRES.newDatabase();
    }

    @Override
    String place() {
        return url;
    }
}
