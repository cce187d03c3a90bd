package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A PostgreSQL for the tests of all classes that want one, with as many new databases as they
/// want. They are copies of one that has all tables and nothing in them.
final class FreshPostgres implements BeforeAllCallback {
    private @Nullable Shared shared;

    private record Shared(Postgres postgres, String empty) implements AutoCloseable {
        static Shared start() {
            try {
                Postgres postgres = new Postgres();
                String empty = postgres.newDatabase();
                Store.at(empty, EventJson::line).close();
                return new Shared(postgres, empty);
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                postgres.remove();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// It ends with the last test of all.
    @Override
    public void beforeAll(ExtensionContext context) {
        shared =
                context.getRoot()
                        .getStore(Namespace.create(FreshPostgres.class))
                        .computeIfAbsent(Shared.class, _ -> Shared.start(), Shared.class);
    }

    /// Returns the URL of a new database.
    String newDatabase() {
        Shared found = requireNonNull(shared);
        try {
            return found.postgres().newDatabaseLike(found.empty());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
