package dev.polymnia.server.store;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps runs with their events, in SQLite or PostgreSQL. What is found here is committed: it
/// survives the end of the process in whatever way.
///
/// Reading blocks for a moment and throws a [Fault] `UNAVAILABLE` if the database cannot be read.
/// Thread-safe.
public final class RunStore {
    private static final String COLUMNS =
            "id, person, key_id, mode, model, background, state, created, ended, attempts,"
                    + " request, result";

    private final Database database;
    private final LogWriter writer;
    private final Map<String, RunLog> live = new ConcurrentHashMap<>();
    private final Map<String, StoredResponse> uncommitted = new ConcurrentHashMap<>();

    /// @param database stays the caller's, who closes it after this
    /// @param json writes an event in one line
    RunStore(Database database, Function<RunEvent, String> json) {
        this.database = database;
        writer =
                new LogWriter(database, json, log -> live.remove(log.run().id(), log), uncommitted);
    }

    /// Begins to keep a run. Returns at once; [RunLog#awaitBegun] waits until the run is committed.
    ///
    /// @param patience how long the run may be held up while the database is slow, before its log
    ///   breaks off
    /// @param onBroken is told, once, on any thread, why nothing more of the run is kept
    public RunLog begin(StoredRun run, Duration patience, Consumer<Fault> onBroken) {
        RunLog log = new RunLog(run, 0, -1, writer, patience, onBroken);
        live.put(run.id(), log);
        log.begin();
        return log;
    }

    /// Goes on with a run of a server that has ended, or that has waited for its client: its events
    /// follow those that are there. Nothing else is at work on it.
    ///
    /// @param before the run, as it is found in the store
    /// @param patience as in [#begin], and so is `onBroken`
    public RunLog again(StoredRun before, Duration patience, Consumer<Fault> onBroken) {
        StoredRun run = before.again();
        RunLog log =
                database.read(handle ->
                        handle.createQuery(
                                        "select id, sequence from events where run = :run"
                                                + " order by id desc limit 1")
                                .bind("run", run.id())
                                .map((row, _) ->
                                        new RunLog(
                                                run,
                                                row.getLong("id"),
                                                row.getLong("sequence"),
                                                writer,
                                                patience,
                                                onBroken))
                                .findOne()
                                .orElseGet(
                                        () -> new RunLog(run, 0, -1, writer, patience, onBroken)));
        live.put(run.id(), log);
        log.begin();
        return log;
    }

    /// Returns the log of a run that this process is at work on; empty if nothing will be added to
    /// it, and then all of it is committed.
    public Optional<RunLog> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    /// Returns whether nothing is at work on a run; waits for what is only being committed.
    ///
    /// @param longest how long
    public boolean isLeft(String id, Duration longest) {
        Optional<RunLog> before = live(id);
        return before.isEmpty()
                || (before.get().awaitNews(Long.MAX_VALUE, longest) && live(id).isEmpty());
    }

    /// Returns a run; empty if there is none of that name.
    public Optional<StoredRun> find(String id) {
        return database.read(handle ->
                handle.createQuery("select " + COLUMNS + " from runs where id = :id")
                        .bind("id", id)
                        .map((row, _) -> run(row))
                        .findOne());
    }

    /// Returns the runs of a spender, the newest first.
    ///
    /// @param spender without a key for all of a person's
    /// @param limit how many at the most
    /// @param after only those that are older than this one; null for the newest
    public List<StoredRun> newest(Spender spender, int limit, @Nullable String after) {
        String older =
                after == null
                        ? ""
                        : " and (created, id) < (select created, id from runs where id ="
                                + " :after)";
        return database.read(handle -> {
            var query =
                    handle.createQuery(
                            "select "
                                    + COLUMNS
                                    + " from runs where person = :person and (:key = '' or key_id ="
                                    + " :key)"
                                    + older
                                    + " order by created desc, id desc limit :limit");
            if (after != null) {
                query.bind("after", after);
            }
            return query.bind("person", spender.person())
                    .bind("key", spender.key())
                    .bind("limit", limit)
                    .map((row, _) -> run(row))
                    .list();
        });
    }

    /// Returns the runs that are not over, or were not when their server ended, the oldest first.
    public List<StoredRun> unfinished() {
        return database.read(handle ->
                handle.createQuery(
                                "select "
                                        + COLUMNS
                                        + " from runs where state in (:running, :waiting) order by"
                                        + " created, id")
                        .bind("running", RunState.RUNNING.word())
                        .bind("waiting", RunState.WAITING.word())
                        .map((row, _) -> run(row))
                        .list());
    }

    /// Returns committed events of a run, in their order.
    ///
    /// @param after only those with a greater id; 0 for all
    /// @param limit how many at the most
    public List<StoredEvent> events(String run, long after, int limit) {
        return database.read(handle ->
                handle.createQuery(
                                "select id, json from events where run = :run and id >"
                                        + " :after order by id limit :limit")
                        .bind("run", run)
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> new StoredEvent(row.getLong("id"), row.getString("json")))
                        .list());
    }

    /// Returns the last committed event of a type; empty if there is none.
    public Optional<StoredEvent> last(String run, String type) {
        return database.read(handle ->
                handle.createQuery(
                                "select id, json from events where run = :run and json like"
                                        + " :type order by id desc limit 1")
                        .bind("run", run)
                        // Within a text the quotation marks would be escaped.
                        .bind("type", "%\"type\":\"" + type + "\"%")
                        .map((row, _) -> new StoredEvent(row.getLong("id"), row.getString("json")))
                        .findOne());
    }

    /// Keeps a response, in place of what was kept under its id: with the next commit, or soon
    /// after it. It is found at once.
    ///
    /// @param patience how long to wait while the database is far behind
    /// @return false if it cannot be kept
    public boolean keep(StoredResponse response, Duration patience) {
        uncommitted.put(response.id(), response);
        try {
            if (writer.offer(new LogWriter.Kept(response), patience)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        uncommitted.remove(response.id(), response);
        return false;
    }

    /// Returns a response; empty if there is none of that name.
    public Optional<StoredResponse> response(String id) {
        return Optional.ofNullable(uncommitted.get(id))
                .or(() ->
                        database.read(handle ->
                                handle.createQuery(
                                                "select responses.id, responses.person,"
                                                    + " responses.key_id, run, body,"
                                                    + " coalesce(responses.request, runs.request)"
                                                    + " as request from responses left join runs on"
                                                    + " runs.id = run where responses.id = :id")
                                        .bind("id", id)
                                        .map((row, _) -> response(row))
                                        .findOne()));
    }

    private static StoredResponse response(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new StoredResponse(
                id,
                new Spender(row.getString("person"), row.getString("key_id")),
                Objects.requireNonNullElse(row.getString("run"), id),
                Objects.requireNonNullElse(row.getString("request"), "{}"),
                row.getString("body"));
    }

    /// Removes a response, and its run if that is over and has no other. Does nothing if there is
    /// none of that name.
    ///
    /// @param longest how long to wait for a run that is not committed to its end: the client of a
    ///   response may be faster
    /// @throws Fault `UNAVAILABLE` if the database cannot be written
    public void deleteResponse(String id, Duration longest) {
        Optional<String> run = response(id).map(StoredResponse::run);
        run.flatMap(this::live)
                .ifPresent(log -> {
                    boolean _ = log.awaitNews(Long.MAX_VALUE, longest);
                });
        uncommitted.remove(id);
        database.change(handle -> {
            handle.createUpdate("delete from responses where id = :id").bind("id", id).execute();
            run.filter(it -> !isAwaited(it))
                    .ifPresent(it ->
                            handle.createUpdate(
                                            "delete from runs where id = :run and ended is not null"
                                                    + " and not exists (select 1 from responses"
                                                    + " where run = :run)")
                                    .bind("run", it)
                                    .execute());
        });
    }

    /// Returns whether a response of a run is still to be kept.
    private boolean isAwaited(String run) {
        return uncommitted.values().stream().anyMatch(each -> each.run().equals(run));
    }

    /// Removes a run that is over, with its events and responses. Does nothing if there is none of
    /// that name.
    ///
    /// @throws Fault `UNAVAILABLE` if the database cannot be written
    public void delete(String run) {
        database.change(handle ->
                handle.createUpdate("delete from runs where id = :run and ended is not null")
                        .bind("run", run)
                        .execute());
    }

    /// Removes runs that ended before a moment, with their events and responses, the oldest first,
    /// and the responses from before that have no run.
    ///
    /// @param most how many runs at once, so that those at work do not wait long
    /// @return how many there were; if as many as that, there may be more
    /// @throws Fault `UNAVAILABLE` if the database cannot be written
    public int deleteEndedBefore(Instant moment, int most) {
        AtomicInteger runs = new AtomicInteger();
        database.change(handle -> {
            runs.set(
                    handle.createUpdate(
                                    "delete from runs where id in (select id from runs where ended"
                                            + " < :moment order by ended limit :most)")
                            .bind("moment", moment.toEpochMilli())
                            .bind("most", most)
                            .execute());
            handle.createUpdate("delete from responses where run is null and created < :moment")
                    .bind("moment", moment.toEpochMilli())
                    .execute();
        });
        return runs.get();
    }

    private static StoredRun run(ResultSet row) throws SQLException {
        long ended = row.getLong("ended");
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new StoredRun(
                row.getString("id"),
                new Spender(row.getString("person"), row.getString("key_id")),
                Mode.valueOf(row.getString("mode")),
                row.getString("model"),
                row.getInt("background") != 0,
                Instant.ofEpochMilli(row.getLong("created")),
                row.getString("request"),
                row.getInt("attempts"),
                RunState.of(row.getString("state")),
                end,
                row.getString("result"));
    }

    LogWriter writer() {
        return writer;
    }

    /// Commits what has come, and takes nothing more.
    void close() {
        writer.close();
    }
}
