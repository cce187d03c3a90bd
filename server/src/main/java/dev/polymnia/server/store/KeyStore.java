package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Keeps the keys of people; of their secrets only the digests. What a method changed is committed
/// when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class KeyStore {
    private static final String COLUMNS =
            "id, person, name, prefix, models, modes, tools, manages, created, expires, used";

    private final Database database;
    private final LogWriter writer;

    /// @param database stays the caller's, and so does the writer
    KeyStore(Database database, LogWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /// A key as it is kept.
    ///
    /// @param digest of its [secret][dev.polymnia.server.people.Secret]
    public record Sealed(Key key, String digest) {}

    /// Adds a key.
    ///
    /// @param most how many its person may have
    /// @throws Fault `INVALID` if there are as many
    public void add(Sealed key, int most) {
        database.change(handle -> {
            long there =
                    handle.createQuery("select count(*) from keys where person = :person")
                            .bind("person", key.key().person())
                            .mapTo(Long.class)
                            .one();
            if (there >= most) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "There are %d keys, which is all that a person may have; delete one before."
                                .formatted(there));
            }
            insert(handle, key);
        });
    }

    static void insert(Handle handle, Sealed sealed) {
        Key key = sealed.key();
        handle.createUpdate(
                        "insert into keys (id, person, name, prefix, digest, models, modes, tools,"
                                + " manages, created, expires) values (:id, :person, :name,"
                                + " :prefix, :digest, :models, :modes, :tools, :manages, :created,"
                                + " :expires)")
                .bind("id", key.id())
                .bind("person", key.person())
                .bind("name", key.name())
                .bind("prefix", key.prefix())
                .bind("digest", sealed.digest())
                .bind("models", words(key.scope().models()))
                .bind("modes", words(key.scope().modes().stream().map(Mode::word).toList()))
                .bind("tools", key.scope().tools() ? 1 : 0)
                .bind("manages", key.scope().manages() ? 1 : 0)
                .bind("created", key.created().toEpochMilli())
                .bind("expires", millis(key.expires()))
                .execute();
    }

    /// Models have names without spaces.
    private static String words(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" "));
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : Long.valueOf(moment.toEpochMilli());
    }

    /// Returns the key with a secret of that digest; empty if there is none.
    public Optional<Key> find(String digest) {
        return database.read(handle ->
                handle.createQuery("select " + COLUMNS + " from keys where digest = :digest")
                        .bind("digest", digest)
                        .map((row, _) -> key(row))
                        .findOne());
    }

    /// Returns the keys of a person, the oldest first.
    public List<Key> of(String person) {
        return database.read(handle ->
                handle.createQuery(
                                "select "
                                        + COLUMNS
                                        + " from keys where person = :person order by created, id")
                        .bind("person", person)
                        .map((row, _) -> key(row))
                        .list());
    }

    /// Notes that a key was used: soon, or not at all if the database is far behind. Returns at
    /// once.
    public void use(String id, Instant moment) {
        writer.note(handle ->
                handle.createUpdate("update keys set used = :used where id = :id")
                        .bind("used", moment.toEpochMilli())
                        .bind("id", id)
                        .execute());
    }

    /// Deletes a key with its quotas. Does nothing if the person has no such key.
    public void delete(String person, String id) {
        database.change(handle -> {
            int rows =
                    handle.createUpdate("delete from keys where id = :id and person = :person")
                            .bind("id", id)
                            .bind("person", person)
                            .execute();
            if (rows == 1) {
                handle.createUpdate("delete from quotas where holder = :id")
                        .bind("id", id)
                        .execute();
            }
        });
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                row.getString("id"),
                row.getString("person"),
                row.getString("name"),
                row.getString("prefix"),
                new Scope(
                        words(row.getString("models")),
                        words(row.getString("modes")).stream()
                                .map(word -> Mode.of(word).orElseThrow())
                                .collect(Collectors.toUnmodifiableSet()),
                        row.getInt("tools") != 0,
                        row.getInt("manages") != 0),
                Instant.ofEpochMilli(row.getLong("created")),
                moment(row, "expires"),
                moment(row, "used"));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
