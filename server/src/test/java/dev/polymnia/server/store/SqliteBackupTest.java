package dev.polymnia.server.store;

import dev.polymnia.server.EventJson;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

final class SqliteBackupTest extends BackupContract {
    private Path folder() {
        return place.resolve("data");
    }

    @Override
    Store open() {
        return Store.inFolder(folder(), EventJson::line);
    }

    @Override
    Backup backup() {
        return Backup.ofFolder(folder());
    }

    @Override
    void makeLater() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder().resolve("runs.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into flyway_schema_history (installed_rank, version, description, type,"
                            + " script, installed_by, execution_time, success) values (99, '99',"
                            + " 'later', 'SQL', 'V99__later.sql', 'x', 1, 1)");
        }
    }
}
