package dev.polymnia.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.server.EventJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class SqliteRunStoreTest extends RunStoreContract {
    @TempDir private Path folder;

    @Override
    Store open() {
        return Store.inFolder(folder.resolve("new"), EventJson::line);
    }

    private Connection other() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("new/runs.db"));
    }

    @Test
    void nothing_is_lost_while_somebody_else_locks_the_database() throws Exception {
        RunLog log = begin(run("run-1", 1));
        try (Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            for (int i = 0; i < 1000; i++) {
                log.add(event("run-1", 0, i, words("x")));
            }
            statement.execute("rollback");
        }
        log.add(event("run-1", -1, 1000, finished("x")));

        assertThat(text(toTheEnd("run-1"))).isEqualTo("x".repeat(1000));
    }

    @Test
    void a_log_that_cannot_be_kept_in_full_says_so() throws Exception {
        RunLog log = store.begin(run("run-1", 1), Duration.ZERO, _ -> {});
        log.awaitBegun();
        int told = 0;
        try (Connection other = other();
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            while (!log.isBroken()) {
                log.add(event("run-1", 0, told++, words("x")));
            }
            statement.execute("rollback");
        }

        List<JsonNode> events = toTheEnd("run-1");
        assertThat(text(events)).hasSizeLessThan(told);
        assertThat(events.getLast().get("message").asString()).contains("not kept");
        assertThat(store.find("run-1").orElseThrow().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void only_its_owner_can_read_it() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("new/runs.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_place_that_is_no_folder_is_said() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Store.inFolder(file, EventJson::line))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE))
                .hasMessageContaining(file.toString());
    }

    @Test
    void what_is_no_database_is_said() throws Exception {
        Path place = Files.createDirectory(folder.resolve("other"));
        Files.writeString(place.resolve("runs.db"), "This is no database. ".repeat(100));

        assertThatThrownBy(() -> Store.inFolder(place, EventJson::line))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("not a database");
    }
}
