package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Invitation;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Keeps how people sign in: hashes of passwords, sessions and invitations; of secrets only the
/// digests. What a method changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class SessionStore {
    private final Database database;
    private final LogWriter writer;

    /// @param database stays the caller's, and so does the writer
    SessionStore(Database database, LogWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /// Returns the hash of a person's password; empty if they have none.
    public Optional<String> hash(String person) {
        return database.read(handle ->
                handle.createQuery("select hash from passwords where person = :person")
                        .bind("person", person)
                        .mapTo(String.class)
                        .findOne());
    }

    /// Gives a person a password, and ends all their sessions.
    public void setPassword(String person, String hash) {
        database.change(handle -> setPassword(handle, person, hash));
    }

    private static void setPassword(Handle handle, String person, String hash) {
        handle.createUpdate(
                        "insert into passwords (person, hash) values (:person, :hash) on conflict"
                                + " (person) do update set hash = excluded.hash")
                .bind("person", person)
                .bind("hash", hash)
                .execute();
        endAll(handle, person);
    }

    /// Adds a session.
    ///
    /// @param digest of its secret
    public void add(Session session, String digest) {
        database.change(handle ->
                handle.createUpdate(
                                "insert into sessions (id, person, digest, client, created, used)"
                                    + " values (:id, :person, :digest, :client, :created, :used)")
                        .bind("id", session.id())
                        .bind("person", session.person())
                        .bind("digest", digest)
                        .bind("client", session.client())
                        .bind("created", session.created().toEpochMilli())
                        .bind("used", session.used().toEpochMilli())
                        .execute());
    }

    /// Returns the session with a secret of that digest; empty if there is none.
    public Optional<Session> find(String digest) {
        return database.read(handle ->
                handle.createQuery("select * from sessions where digest = :digest")
                        .bind("digest", digest)
                        .map((row, _) -> session(row))
                        .findOne());
    }

    /// Returns the sessions of a person, the oldest first.
    public List<Session> of(String person) {
        return database.read(handle ->
                handle.createQuery(
                                "select * from sessions where person = :person order by created,"
                                        + " id")
                        .bind("person", person)
                        .map((row, _) -> session(row))
                        .list());
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"),
                row.getString("person"),
                row.getString("client"),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("used")));
    }

    /// Notes that a session was used: soon, or not at all if the database is far behind. Returns at
    /// once.
    public void use(String id, Instant moment) {
        writer.note(handle ->
                handle.createUpdate("update sessions set used = :used where id = :id")
                        .bind("used", moment.toEpochMilli())
                        .bind("id", id)
                        .execute());
    }

    /// Ends a session. Does nothing if the person has no such session.
    public void end(String person, String id) {
        database.change(handle ->
                handle.createUpdate("delete from sessions where id = :id and person = :person")
                        .bind("id", id)
                        .bind("person", person)
                        .execute());
    }

    /// Ends all sessions of a person.
    public void endAll(String person) {
        database.change(handle -> endAll(handle, person));
    }

    static void endAll(Handle handle, String person) {
        handle.createUpdate("delete from sessions where person = :person")
                .bind("person", person)
                .execute();
    }

    /// Adds an invitation.
    ///
    /// @param digest of its secret
    public void add(Invitation invitation, String digest) {
        database.change(handle ->
                handle.createUpdate(
                                "insert into invitations (id, digest, person, role, created,"
                                        + " expires) values (:id, :digest, :person, :role,"
                                        + " :created, :expires)")
                        .bind("id", invitation.id())
                        .bind("digest", digest)
                        .bind("person", invitation.person())
                        .bind("role", invitation.role().word())
                        .bind("created", invitation.created().toEpochMilli())
                        .bind("expires", invitation.expires().toEpochMilli())
                        .execute());
    }

    /// Returns the invitation with a secret of that digest; empty if there is none, or it was used.
    public Optional<Invitation> invitation(String digest) {
        return database.read(handle ->
                handle.createQuery("select * from invitations where digest = :digest")
                        .bind("digest", digest)
                        .map((row, _) -> invitation(row))
                        .findOne());
    }

    /// Returns the invitations that were not used, the newest first.
    ///
    /// @param after only those that came before this one; null for the newest
    public List<Invitation> invitations(int limit, @Nullable String after) {
        String older =
                after == null
                        ? ""
                        : " where (created, id) < (select created, id from invitations where id ="
                                + " :after)";
        return database.read(handle -> {
            var query =
                    handle.createQuery(
                            "select * from invitations"
                                    + older
                                    + " order by created desc, id desc limit :limit");
            if (after != null) {
                query.bind("after", after);
            }
            return query.bind("limit", limit).map((row, _) -> invitation(row)).list();
        });
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("id"),
                row.getString("person"),
                Role.of(row.getString("role")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("expires")));
    }

    /// Takes an invitation back. Does nothing if there is none of that id.
    public void withdraw(String id) {
        database.change(handle -> take(handle, id));
    }

    /// Takes an invitation.
    ///
    /// @return false if it is gone
    static boolean take(Handle handle, String id) {
        return handle.createUpdate("delete from invitations where id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Uses an invitation: lets a person in who has been invited, or is there already, with a
    /// password.
    ///
    /// @return false if somebody else has used it, and then nothing is changed
    /// @throws Fault `INVALID` if somebody has the name, and then it can be used again
    public boolean accept(Invitation invitation, Person person, String hash) {
        AtomicBoolean first = new AtomicBoolean();
        database.change(handle -> {
            first.set(take(handle, invitation.id()));
            if (first.get()) {
                if (invitation.person() == null) {
                    PeopleStore.insert(handle, person);
                }
                setPassword(handle, person.id(), hash);
            }
        });
        return first.get();
    }
}
