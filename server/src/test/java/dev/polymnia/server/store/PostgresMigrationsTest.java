package dev.polymnia.server.store;

import dev.polymnia.server.EventJson;
import dev.polymnia.testkit.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Migrations of PostgreSQL.
final class PostgresMigrationsTest extends MigrationsContract {
    private static Postgres postgres;

    private String url = "";

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.remove();
    }

    @Override
    String newDatabase() throws Exception {
        url = postgres.newDatabase();
        return url;
    }

    @Override
    Store open() {
        return Store.at(url, EventJson::line);
    }

    @Override
    String schemaQuery() {
        return "select table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable"
                + " || ' ' || coalesce(column_default, '') as line from"
                + " information_schema.columns where table_schema = 'public' and table_name not"
                + " like 'flyway%' union all select indexdef from pg_indexes where schemaname ="
                + " 'public' and tablename not like 'flyway%' order by line";
    }
}
