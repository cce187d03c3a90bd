package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import dev.polymnia.server.people.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Keeps people. What a method changed is committed when it returns. Where there are people, one of
/// them at least is an owner.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class PeopleStore {
    private static final String COLUMNS = "id, name, role, created, remembers";

    private final Database database;

    /// @param database stays the caller's
    PeopleStore(Database database) {
        this.database = database;
    }

    /// Adds the first person, who is an owner.
    ///
    /// @return false if there is somebody, and then nothing is changed
    public boolean addFirst(Person person, KeyStore.Sealed key) {
        AtomicBoolean first = new AtomicBoolean();
        database.change(handle -> {
            first.set(count(handle, "") == 0);
            if (first.get()) {
                insert(handle, person);
                KeyStore.insert(handle, key);
            }
        });
        return first.get();
    }

    /// Adds a person.
    ///
    /// @throws Fault `INVALID` if somebody has that name, or one that is taken for it
    public void add(Person person) {
        database.change(handle -> insert(handle, person));
    }

    static void insert(Handle handle, Person person) {
        requireFree(handle, person);
        handle.createUpdate(
                        "insert into people (id, name, folded, pseudonym, role, created) values"
                                + " (:id, :name, :folded, :pseudonym, :role, :created)")
                .bind("id", person.id())
                .bind("name", person.name().text())
                .bind("folded", person.name().folded())
                .bind("pseudonym", "somebody-" + UUID.randomUUID())
                .bind("role", person.role().word())
                .bind("created", person.created().toEpochMilli())
                .execute();
    }

    /// Gives a person another name, role or setting; nobody else does that meanwhile.
    ///
    /// @param change returns the person with it; what it throws leaves all as it is
    /// @return the person as they are now; empty if there is no such person
    /// @throws Fault `INVALID` if somebody else has that name, or nobody would be an owner
    public Optional<Person> change(String id, UnaryOperator<Person> change) {
        return database.compute(handle ->
                find(handle, id)
                        .map(before -> {
                            Person after = change.apply(before);
                            update(handle, after);
                            return after;
                        }));
    }

    private static void update(Handle handle, Person person) {
        requireFree(handle, person);
        handle.createUpdate(
                        "update people set name = :name, folded = :folded, role = :role,"
                                + " remembers = :remembers where id = :id")
                .bind("id", person.id())
                .bind("name", person.name().text())
                .bind("folded", person.name().folded())
                .bind("role", person.role().word())
                .bind("remembers", person.remembers() ? 1 : 0)
                .execute();
        requireOwner(handle);
    }

    /// Erases a person with their keys, quotas, conversations, runs and responses; of what they
    /// spent the sums stay, without a name. Nothing of it is left in the files of SQLite. Does
    /// nothing if there is no such person.
    ///
    /// @param before is told who is erased; what it throws leaves all as it is
    /// @throws Fault `INVALID` if nobody would be an owner
    public void erase(String id, Consumer<Person> before) {
        database.change(handle -> {
            find(handle, id).ifPresent(before);
            for (String statement :
                    List.of(
                            "delete from quotas where holder = :id or holder in (select id from"
                                    + " keys where person = :id)",
                            "delete from people where id = :id",
                            "delete from responses where person = :id",
                            "delete from conversations where person = :id",
                            "delete from runs where person = :id",
                            "update spendings set person = '', key_id = '' where person = :id")) {
                handle.createUpdate(statement).bind("id", id).execute();
            }
            requireOwner(handle);
        });
        database.scrub();
    }

    /// Checks whether somebody else is an owner, if this person is one.
    ///
    /// @throws Fault `INVALID` if not
    public void requireOtherOwner(Person person) {
        long others =
                database.read(handle ->
                        handle.createQuery(
                                        "select count(*) from people where role = 'owner' and id <>"
                                                + " :id")
                                .bind("id", person.id())
                                .mapTo(Long.class)
                                .one());
        if (person.role() == Role.OWNER && others == 0) {
            throw lastOwner();
        }
    }

    private static void requireFree(Handle handle, Person person) {
        boolean taken =
                handle.createQuery(
                                        "select count(*) from people where folded = :folded and id"
                                                + " <> :id")
                                .bind("folded", person.name().folded())
                                .bind("id", person.id())
                                .mapTo(Long.class)
                                .one()
                        > 0;
        if (taken) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "There is somebody called '%s'; choose another name.".formatted(person.name()));
        }
    }

    private static void requireOwner(Handle handle) {
        if (count(handle, "") > 0 && count(handle, " where role = 'owner'") == 0) {
            throw lastOwner();
        }
    }

    private static Fault lastOwner() {
        return new Fault(
                Fault.Code.INVALID, "This is the last owner; make somebody else an owner before.");
    }

    private static long count(Handle handle, String where) {
        return handle.createQuery("select count(*) from people" + where).mapTo(Long.class).one();
    }

    /// Returns whether there is nobody.
    public boolean isEmpty() {
        return newest(1, null).isEmpty();
    }

    /// Returns a person; empty if there is none of that id.
    public Optional<Person> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    private static Optional<Person> find(Handle handle, String id) {
        return handle.createQuery("select " + COLUMNS + " from people where id = :id")
                .bind("id", id)
                .map((row, _) -> person(row))
                .findOne();
    }

    /// Returns the person who is called so; empty if nobody is.
    public Optional<Person> named(String name) {
        return database.read(handle ->
                handle.createQuery("select " + COLUMNS + " from people where folded = :folded")
                        .bind("folded", PersonName.fold(name))
                        .map((row, _) -> person(row))
                        .findOne());
    }

    /// Returns people, the newest first.
    ///
    /// @param limit how many at the most
    /// @param after only those that came before this one; null for the newest
    public List<Person> newest(int limit, @Nullable String after) {
        String older =
                after == null
                        ? ""
                        : " where (created, id) < (select created, id from people where id ="
                                + " :after)";
        return database.read(handle -> {
            var query =
                    handle.createQuery(
                            "select "
                                    + COLUMNS
                                    + " from people"
                                    + older
                                    + " order by created desc, id desc limit :limit");
            if (after != null) {
                query.bind("after", after);
            }
            return query.bind("limit", limit).map((row, _) -> person(row)).list();
        });
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getString("id"),
                new PersonName(row.getString("name")),
                Role.of(row.getString("role")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getInt("remembers") != 0);
    }
}
