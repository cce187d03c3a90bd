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
import java.util.List;
import java.util.Set;
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
    private static final byte[] BYTES = allBytes();

    @TempDir Path place;
    private final Person ada = person("Ada");
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
        Secret secret = Secret.random();
        Key key = Key.create(ada.id(), "first", secret, Scope.ALL, Instant.EPOCH, null);
        store.people().addFirst(ada, new KeyStore.Sealed(key, secret.digest()));
        store.files()
                .add(
                        ada.id(),
                        List.of(conversation(ada)),
                        List.of(),
                        List.of(file(ada, "file-1")),
                        FileLimits.USUAL);
        RunLog log = store.runs().begin(RunStoreContract.run("run-1", 1), LONG, _ -> {});
        log.awaitBegun();
    }

    private static StoredConversation conversation(Person person) {
        return new StoredConversation(
                "talk", person.id(), "", "", Set.of(), false, false, Instant.EPOCH, Instant.EPOCH);
    }

    private static NewFile file(Person person, String id) {
        return new NewFile(
                new StoredFile(
                        id, "talk", person.id(), "a", "image/png", BYTES.length, "", Instant.EPOCH),
                BYTES);
    }

    /// All bytes that there are, more than a page of the database.
    private static byte[] allBytes() {
        byte[] all = new byte[10_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
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
        assertThat(requireNonNull(store).files().add(file(ada, "file-2"), FileLimits.USUAL))
                .isEqualTo(FileStore.Kept.ALL);
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
        assertThat(restored.files().of("talk"))
                .extracting(StoredFile::id)
                .containsExactly("file-1");
        assertThat(restored.files().content("file-1")).hasValue(BYTES);
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
