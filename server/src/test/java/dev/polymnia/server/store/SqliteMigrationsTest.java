package dev.polymnia.server.store;

import dev.polymnia.server.EventJson;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Migrations of SQLite.
final class SqliteMigrationsTest extends MigrationsContract {
    @TempDir Path place;
    private Path folder = Path.of("");

    @Override
    String newDatabase() throws Exception {
        folder = Files.createTempDirectory(place, "data");
        return "jdbc:sqlite:" + folder.resolve(Database.FILE);
    }

    @Override
    Store open() {
        return Store.inFolder(folder, EventJson::line);
    }

    @Override
    String schemaQuery() {
        return "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master where"
                + " name not like 'flyway%' order by name";
    }
}
