package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Scope;
import dev.polymnia.server.people.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every backup does, tried by putting it back.
@Timeout(60)
abstract class BackupContract {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path place;
    private @Nullable Store store;

    abstract Store open();

    abstract Backup backup();

    /// Has a database say that it is of a later version.
    abstract void makeLater() throws Exception;

    private Path file() {
        return place.resolve("kept.backup");
    }

    @BeforeEach
    void begin() {
        store = open();
        Person ada = person("Ada");
        Secret secret = Secret.random();
        Key key = Key.create(ada.id(), "first", secret, Scope.ALL, Instant.EPOCH, null);
        store.people().addFirst(ada, new KeyStore.Sealed(key, secret.digest()));
        RunLog log = store.runs().begin(RunStoreContract.run("run-1", 1), LONG, _ -> {});
        log.awaitBegun();
    }

    private static Person person(String name) {
        return Person.create(new PersonName(name), Role.OWNER, Instant.EPOCH);
    }

    @AfterEach
    void end() {
        if (store != null) {
            store.close();
        }
    }

    private void close() {
        requireNonNull(store).close();
        store = null;
    }

    @Test
    void all_is_put_back_that_was_kept_while_the_server_was_at_work() {
        backup().write(file());
        requireNonNull(store).people().add(person("Ben"));
        requireNonNull(store)
                .runs()
                .begin(RunStoreContract.run("run-2", 2), LONG, _ -> {})
                .awaitBegun();
        close();

        backup().restore(file());

        Store restored = open();
        store = restored;
        assertThat(restored.people().newest(9, null))
                .extracting(person -> person.name().text())
                .containsExactly("Ada");
        assertThat(restored.keys().of(restored.people().newest(1, null).getFirst().id()))
                .extracting(Key::name)
                .containsExactly("first");
        assertThat(restored.runs().find("run-1")).isPresent();
        assertThat(restored.runs().find("run-2")).isEmpty();
        // It is one that can be written.
        restored.people().add(person("Cleo"));
    }

    @Test
    void nothing_is_put_back_while_a_server_is_at_work() {
        backup().write(file());
        requireNonNull(store).people().add(person("Ben"));

        assertThatThrownBy(() -> backup().restore(file()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE));
        assertThat(requireNonNull(store).people().newest(9, null)).hasSize(2);
    }

    @Test
    void no_file_is_overwritten_by_a_backup() throws Exception {
        Files.writeString(file(), "mine");

        assertThatThrownBy(() -> backup().write(file()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("already");
        assertThat(file()).hasContent("mine");
    }

    @Test
    void what_is_no_backup_changes_nothing() throws Exception {
        close();
        Files.writeString(file(), "a letter to somebody\n".repeat(1000));

        assertThatThrownBy(() -> backup().restore(file()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.CORRUPT));
        assertThatThrownBy(() -> backup().restore(place.resolve("none")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.NOT_FOUND));

        store = open();
        assertThat(requireNonNull(store).people().newest(9, null)).hasSize(1);
    }

    @Test
    void a_later_version_is_neither_opened_nor_put_back() throws Exception {
        close();
        Path before = place.resolve("before.backup");
        backup().write(before);
        makeLater();
        backup().write(file());

        assertThatThrownBy(this::open)
                .isInstanceOf(Fault.class)
                .hasMessageContaining("later version");
        backup().restore(before);
        assertThatThrownBy(() -> backup().restore(file()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("later version");
        store = open();
    }
}
