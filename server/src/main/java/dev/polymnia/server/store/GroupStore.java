package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Group;
import dev.polymnia.server.people.PersonName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Keeps groups of people. What a method changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class GroupStore {
    private final Database database;

    /// @param database stays the caller's
    GroupStore(Database database) {
        this.database = database;
    }

    /// Adds a group.
    ///
    /// @throws Fault `INVALID` if another one has that name, or there is no such person
    public void add(Group group) {
        database.change(handle -> put(handle, group));
    }

    /// Changes a group; nobody else does that meanwhile.
    ///
    /// @param change returns the group as it will be; what it throws leaves all as it is
    /// @return that; empty if there is none of that id
    /// @throws Fault as [#add]
    public Optional<Group> change(String id, UnaryOperator<Group> change) {
        return database.compute(handle ->
                find(handle, id)
                        .map(before -> {
                            Group after = change.apply(before);
                            put(handle, after);
                            return after;
                        }));
    }

    private static void put(Handle handle, Group group) {
        requireFree(handle, group);
        handle.createUpdate(
                        "insert into people_groups (id, name, folded, created) values (:id,"
                                + " :name, :folded, :created) on conflict (id) do update set"
                                + " name = excluded.name, folded = excluded.folded")
                .bind("id", group.id())
                .bind("name", group.name().text())
                .bind("folded", group.name().folded())
                .bind("created", group.created().toEpochMilli())
                .execute();
        handle.createUpdate("delete from members where group_id = :id")
                .bind("id", group.id())
                .execute();
        group.people().forEach(person -> insert(handle, group.id(), person));
    }

    private static void requireFree(Handle handle, Group group) {
        long others =
                handle.createQuery(
                                "select count(*) from people_groups where folded = :folded and id"
                                        + " <> :id")
                        .bind("folded", group.name().folded())
                        .bind("id", group.id())
                        .mapTo(Long.class)
                        .one();
        if (others > 0) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "There is a group called '%s'; choose another name.".formatted(group.name()));
        }
    }

    private static void insert(Handle handle, String group, String person) {
        int rows =
                handle.createUpdate(
                                "insert into members (group_id, person) select :group, id from"
                                        + " people where id = :person")
                        .bind("group", group)
                        .bind("person", person)
                        .execute();
        if (rows == 0) {
            throw new Fault(Fault.Code.INVALID, "There is no person '%s'.".formatted(person));
        }
    }

    /// Removes a group with its quotas; its people stay. Does nothing if there is none of that id.
    ///
    /// @param before is told what is removed; what it throws leaves all as it is
    public void delete(String id, Consumer<Group> before) {
        database.change(handle -> {
            find(handle, id).ifPresent(before);
            handle.createUpdate("delete from people_groups where id = :id")
                    .bind("id", id)
                    .execute();
            handle.createUpdate("delete from quotas where holder = :id").bind("id", id).execute();
        });
    }

    /// Returns a group; empty if there is none of that id.
    public Optional<Group> find(String id) {
        return database.read(handle -> find(handle, id));
    }

    private static Optional<Group> find(Handle handle, String id) {
        return handle.createQuery("select * from people_groups where id = :id")
                .bind("id", id)
                .map((row, _) -> group(handle, row))
                .findOne();
    }

    /// Returns all groups, the oldest first.
    public List<Group> all() {
        return database.read(handle ->
                handle.createQuery("select * from people_groups order by created, id")
                        .map((row, _) -> group(handle, row))
                        .list());
    }

    private static Group group(Handle handle, ResultSet row) throws SQLException {
        String id = row.getString("id");
        Set<String> people =
                handle.createQuery("select person from members where group_id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .collect(Collectors.toSet());
        return new Group(
                id,
                new PersonName(row.getString("name")),
                people,
                Instant.ofEpochMilli(row.getLong("created")));
    }
}
