package dev.polymnia.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.EventJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

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

    @Test
    void a_store_is_put_back_on_a_new_machine_for_its_owner_only() throws Exception {
        Path file = place.resolve("kept.backup");
        backup().write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path other = place.resolve("another/folder");

        Backup.ofFolder(other).restore(file);

        assertThat(Files.getPosixFilePermissions(other.resolve("runs.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Store restored = Store.inFolder(other, EventJson::line)) {
            assertThat(restored.people().newest(9, null)).hasSize(1);
        }
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
