package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.testkit.Postgres;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A PostgreSQL for the tests of a class, with as many new databases as they want.
final class FreshPostgres implements BeforeAllCallback, AfterAllCallback {
    private @Nullable Postgres postgres;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        postgres = new Postgres();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        requireNonNull(postgres).remove();
    }

    /// Returns the URL of a new database.
    String newDatabase() {
        try {
            return requireNonNull(postgres).newDatabase();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
