package dev.polymnia.server.store;

import dev.polymnia.server.people.Audited;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Keeps what was done, as a chain. Nothing is changed or removed in it; people stand in it by
/// pseudonyms, which nobody can tell once a person is erased.
///
/// Methods that do not say otherwise block for a moment and throw a [Fault] `UNAVAILABLE` if the
/// database cannot be read or written. Thread-safe.
public final class AuditStore {
    private static final int TOGETHER = 1000;

    private final Database database;
    private final LogWriter writer;
    private final InstantSource time;

    /// @param database stays the caller's, and so does the writer
    AuditStore(Database database, LogWriter writer, InstantSource time) {
        this.database = database;
        this.writer = writer;
        this.time = time;
    }

    /// Returns the pseudonym of a person; empty if there is none of that id.
    public Optional<String> pseudonym(String person) {
        return database.read(handle ->
                handle.createQuery("select pseudonym from people where id = :person")
                        .bind("person", person)
                        .mapTo(String.class)
                        .findOne());
    }

    /// Adds an entry; it is committed when this returns.
    ///
    /// @param actor pseudonym
    public void add(String actor, String act, String object, int status) {
        Instant now = time.instant();
        database.change(handle -> append(handle, now, actor, act, object, status));
    }

    /// Adds an entry soon; returns at once.
    ///
    /// @return false if the database is too far behind; then there is none
    public boolean note(String actor, String act, String object) {
        Instant now = time.instant();
        return writer.note(handle -> append(handle, now, actor, act, object, 0));
    }

    private static void append(
            Handle handle, Instant now, String actor, String act, String object, int status) {
        Optional<Audited> last = newest(handle, 1, Long.MAX_VALUE).stream().findFirst();
        Audited entry =
                Audited.after(
                        last.map(Audited::hash).orElse(Audited.BEGINNING),
                        last.map(Audited::id).orElse(0L) + 1,
                        // As exactly as it is kept.
                        Instant.ofEpochMilli(now.toEpochMilli()),
                        actor,
                        act,
                        object,
                        status);
        handle.createUpdate(
                        "insert into audit (id, at, actor, act, object, status, hash) values (:id,"
                                + " :at, :actor, :act, :object, :status, :hash)")
                .bind("id", entry.id())
                .bind("at", entry.at().toEpochMilli())
                .bind("actor", entry.actor())
                .bind("act", entry.act())
                .bind("object", entry.object())
                .bind("status", entry.status())
                .bind("hash", entry.hash())
                .execute();
    }

    /// Returns entries, the newest first.
    ///
    /// @param limit how many at the most
    /// @param after only those before this one; null for the newest
    public List<Audited> newest(int limit, @Nullable Long after) {
        return database.read(
                handle -> newest(handle, limit, after == null ? Long.MAX_VALUE : after));
    }

    private static List<Audited> newest(Handle handle, int limit, long before) {
        return handle.createQuery(
                        "select * from audit where id < :before order by id desc limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> entry(row))
                .list();
    }

    /// Looks through all of the chain.
    ///
    /// @return the first entry that does not follow the one before it; empty if all do. Whether
    ///   entries are missing at the end only who noted the last hash can tell
    public Optional<Long> firstBroken() {
        String hash = Audited.BEGINNING;
        long id = 0;
        while (true) {
            List<Audited> entries = following(id);
            for (Audited entry : entries) {
                if (entry.id() != id + 1 || !entry.follows(hash)) {
                    return Optional.of(entry.id());
                }
                id = entry.id();
                hash = entry.hash();
            }
            if (entries.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private List<Audited> following(long id) {
        return database.read(handle ->
                handle.createQuery("select * from audit where id > :id order by id limit :limit")
                        .bind("id", id)
                        .bind("limit", TOGETHER)
                        .map((row, _) -> entry(row))
                        .list());
    }

    private static Audited entry(ResultSet row) throws SQLException {
        return new Audited(
                row.getLong("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("actor"),
                row.getString("act"),
                row.getString("object"),
                row.getInt("status"),
                row.getString("hash"));
    }
}
