package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Memory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// Keeps what is remembered of people. What a method changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class MemoryStore {
    private final Database database;

    /// @param database stays the caller's
    MemoryStore(Database database) {
        this.database = database;
    }

    /// Adds a memory.
    ///
    /// @param most how many its person may have
    /// @throws Fault `INVALID` if there are as many
    public void add(Memory memory, int most) {
        database.change(handle -> {
            long there =
                    handle.createQuery("select count(*) from memories where person = :person")
                            .bind("person", memory.person())
                            .mapTo(Long.class)
                            .one();
            if (there >= most) {
                throw new Fault(
                        Fault.Code.INVALID,
                        "%d things are remembered, which is all that can be; delete one before."
                                .formatted(there));
            }
            handle.createUpdate(
                            "insert into memories (id, person, text, created) values (:id, :person,"
                                    + " :text, :created)")
                    .bind("id", memory.id())
                    .bind("person", memory.person())
                    .bind("text", memory.text())
                    .bind("created", memory.created().toEpochMilli())
                    .execute();
        });
    }

    /// Changes the text of a memory; nobody else does that meanwhile.
    ///
    /// @param change returns the memory with its new text; what it throws leaves all as it is
    /// @return the memory as it is now; empty if the person has none of that id
    public Optional<Memory> change(String person, String id, UnaryOperator<Memory> change) {
        return database.compute(handle ->
                find(handle, person, id)
                        .map(before -> {
                            Memory after = change.apply(before);
                            handle.createUpdate("update memories set text = :text where id = :id")
                                    .bind("text", after.text())
                                    .bind("id", id)
                                    .execute();
                            return after;
                        }));
    }

    /// Forgets a memory, for good. Does nothing if the person has none of that id.
    ///
    /// @param before is told what is forgotten; what it throws leaves all as it is
    public void delete(String person, String id, Consumer<Memory> before) {
        database.change(handle -> {
            find(handle, person, id).ifPresent(before);
            handle.createUpdate("delete from memories where id = :id and person = :person")
                    .bind("id", id)
                    .bind("person", person)
                    .execute();
        });
    }

    /// Returns a memory; empty if the person has none of that id.
    public Optional<Memory> find(String person, String id) {
        return database.read(handle -> find(handle, person, id));
    }

    private static Optional<Memory> find(Handle handle, String person, String id) {
        return handle.createQuery("select * from memories where id = :id and person = :person")
                .bind("id", id)
                .bind("person", person)
                .map((row, _) -> memory(row))
                .findOne();
    }

    /// Returns what is remembered of a person, the oldest first.
    public List<Memory> of(String person) {
        return database.read(handle ->
                handle.createQuery(
                                "select * from memories where person = :person order by created,"
                                        + " id")
                        .bind("person", person)
                        .map((row, _) -> memory(row))
                        .list());
    }

    private static Memory memory(ResultSet row) throws SQLException {
        return new Memory(
                row.getString("id"),
                row.getString("person"),
                row.getString("text"),
                Instant.ofEpochMilli(row.getLong("created")));
    }
}
