package dev.polymnia.server.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Keeps whether there is a leaderboard and who is in it, and sums up what they spent. What a
/// method changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class LeaderboardStore {
    private static final String SETTING = "leaderboard";

    private final Database database;

    /// @param database stays the caller's
    LeaderboardStore(Database database) {
        this.database = database;
    }

    /// Somebody in the leaderboard.
    ///
    /// @param person id
    /// @param name as others read it
    /// @param generated tokens
    public record Entry(String person, String name, long generated) {}

    /// Returns whether there is a leaderboard.
    public boolean isOn() {
        return database.read(LeaderboardStore::isOn);
    }

    private static boolean isOn(Handle handle) {
        return handle.createQuery("select value from settings where name = :name")
                .bind("name", SETTING)
                .mapTo(String.class)
                .findOne()
                .filter("on"::equals)
                .isPresent();
    }

    /// Switches the leaderboard on or off; who is in it stays.
    public void turn(boolean on) {
        database.change(handle ->
                handle.createUpdate(
                                "insert into settings (name, value) values (:name, :value) on"
                                        + " conflict (name) do update set value = excluded.value")
                        .bind("name", SETTING)
                        .bind("value", on ? "on" : "off")
                        .execute());
    }

    /// Returns whether a person is in the leaderboard, if there is one.
    public boolean has(String person) {
        return database.read(handle ->
                handle.createQuery("select leaderboard from people where id = :person")
                        .bind("person", person)
                        .mapTo(Integer.class)
                        .findOne()
                        .filter(joined -> joined != 0)
                        .isPresent());
    }

    /// Puts a person into the leaderboard, or takes them out of it. Does nothing if there is no
    /// such person.
    public void put(String person, boolean joined) {
        database.change(handle ->
                handle.createUpdate("update people set leaderboard = :joined where id = :person")
                        .bind("joined", joined ? 1 : 0)
                        .bind("person", person)
                        .execute());
    }

    /// Returns those who are in the leaderboard, who generated most first; nobody if it is off.
    ///
    /// @param from when what they generated begins to count
    /// @param limit how many at the most
    public List<Entry> since(Instant from, int limit) {
        return database.read(handle ->
                isOn(handle)
                        ? handle.createQuery(
                                        "select people.id, people.name, coalesce(sum(generated), 0)"
                                            + " as generated from people left join spendings on"
                                            + " spendings.person = people.id and at >= :from where"
                                            + " leaderboard = 1 group by people.id, people.name"
                                            + " order by 3 desc, people.name, people.id limit"
                                            + " :limit")
                                .bind("from", from.toEpochMilli())
                                .bind("limit", limit)
                                .map((row, _) ->
                                        new Entry(
                                                row.getString("id"),
                                                row.getString("name"),
                                                row.getLong("generated")))
                                .list()
                        : List.of());
    }
}
