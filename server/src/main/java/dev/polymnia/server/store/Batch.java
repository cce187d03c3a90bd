package dev.polymnia.server.store;

import dev.polymnia.core.run.RunEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// What is committed together. Writing it a second time changes nothing, as a commit of which no
/// answer comes may have happened. Confined to the writer's thread.
final class Batch {
    private final Function<RunEvent, String> json;
    private final Map<RunLog, Words> words = new LinkedHashMap<>();
    private final List<StoredRun> begun = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final List<StoredResponse> responses = new ArrayList<>();
    private final List<Consumer<Handle>> others = new ArrayList<>();
    private final Map<String, StoredResponse> wanted;

    private record Row(String run, long id, long sequence, String json) {}

    private record End(String run, RunState state, long at, String json) {}

    private Batch(Function<RunEvent, String> json, Map<String, StoredResponse> wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    /// Returns what entries come to; ids are given here.
    ///
    /// @param wanted the responses that are to be kept when this is written
    static Batch of(
            List<LogWriter.Entry> entries,
            Function<RunEvent, String> json,
            Map<String, StoredResponse> wanted) {
        Batch batch = new Batch(json, wanted);
        for (LogWriter.Entry entry : entries) {
            switch (entry) {
                case LogWriter.Begun(RunLog log) -> batch.begin(log);
                case LogWriter.Told(RunLog log, RunEvent event) -> batch.tell(log, event);
                case LogWriter.Kept(StoredResponse response) -> batch.responses.add(response);
                case LogWriter.Left(RunLog log) -> batch.leave(log);
                case LogWriter.Other(Consumer<Handle> work) -> batch.others.add(work);
                case LogWriter.Stop _ -> {}
            }
        }
        batch.words.forEach((log, rest) -> rest.rest().forEach(event -> batch.row(log, event)));
        return batch;
    }

    /// Returns the end of a broken log; the run itself may be missing, too.
    static Batch ofDebt(RunLog log, Function<RunEvent, String> json) {
        Batch batch = new Batch(json, Map.of());
        batch.words.put(log, new Words());
        batch.begun.add(log.run());
        batch.row(log, log.debt());
        return batch;
    }

    private void begin(RunLog log) {
        if (!log.isSealed()) {
            words.putIfAbsent(log, new Words());
            begun.add(log.run());
        }
    }

    private void tell(RunLog log, RunEvent event) {
        if (!log.isSealed()) {
            words.computeIfAbsent(log, _ -> new Words()).add(event).forEach(each -> row(log, each));
        }
    }

    private void leave(RunLog log) {
        if (!log.isSealed()) {
            words.computeIfAbsent(log, _ -> new Words()).rest().forEach(event -> row(log, event));
            log.seal();
        }
    }

    private void row(RunLog log, RunEvent event) {
        String line = whole(json.apply(event));
        rows.add(new Row(log.run().id(), log.nextId(), event.sequence(), line));
        Optional<RunState> end = RunState.after(event.event());
        if (end.isPresent()) {
            ends.add(new End(log.run().id(), end.get(), Instant.now().toEpochMilli(), line));
            log.seal();
        }
    }

    /// Halves of characters, which clients can send, are no text for a database.
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    boolean isEmpty() {
        return words.isEmpty() && responses.isEmpty() && others.isEmpty();
    }

    List<StoredResponse> responses() {
        return responses;
    }

    Set<RunLog> logs() {
        return words.keySet();
    }

    void write(Handle handle) {
        writeBegun(handle);
        writeRows(handle);
        writeEnds(handle);
        writeResponses(handle);
        others.forEach(work -> work.accept(handle));
    }

    private void writeResponses(Handle handle) {
        for (StoredResponse response : responses) {
            // Else it was deleted, or another takes its place.
            if (response.equals(wanted.get(response.id()))) {
                handle.createUpdate(
                                "insert into responses (id, person, key_id, run, request, body,"
                                    + " created) values (:id, :person, :key, (select id from runs"
                                    + " where id = :run), :request, :body, :created) on conflict"
                                    + " (id) do update set body = excluded.body")
                        .bind("id", response.id())
                        .bind("person", response.spender().person())
                        .bind("key", response.spender().key())
                        .bind("run", response.run())
                        .bind("request", response.beginsRun() ? null : whole(response.request()))
                        .bind("body", whole(response.body()))
                        .bind("created", Instant.now().toEpochMilli())
                        .execute();
            }
        }
    }

    private void writeBegun(Handle handle) {
        if (begun.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch(
                        "insert into runs (id, person, key_id, mode, model, background, state,"
                                + " created, attempts, request) values (:id, :person, :key, :mode,"
                                + " :model, :background, :state, :created, :attempts, :request) on"
                                + " conflict (id) do update set attempts = excluded.attempts, state"
                                + " = excluded.state");
        for (StoredRun run : begun) {
            batch.bind("id", run.id())
                    .bind("person", run.spender().person())
                    .bind("key", run.spender().key())
                    .bind("mode", run.mode().name())
                    .bind("model", run.model())
                    .bind("background", run.background() ? 1 : 0)
                    .bind("state", RunState.RUNNING.word())
                    .bind("created", run.created().toEpochMilli())
                    .bind("attempts", run.attempts())
                    .bind("request", whole(run.request()))
                    .add();
        }
        batch.execute();
    }

    private void writeRows(Handle handle) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch(
                        "insert into events (run, id, sequence, json) values (:run, :id,"
                                + " :sequence, :json) on conflict (run, id) do nothing");
        for (Row row : rows) {
            batch.bind("run", row.run())
                    .bind("id", row.id())
                    .bind("sequence", row.sequence())
                    .bind("json", row.json())
                    .add();
        }
        batch.execute();
    }

    private void writeEnds(Handle handle) {
        for (End end : ends) {
            boolean over = end.state().isOver();
            handle.createUpdate(
                            "update runs set state = :state, ended = :ended, result = :result"
                                    + " where id = :run")
                    .bind("state", end.state().word())
                    .bind("ended", over ? Long.valueOf(end.at()) : null)
                    .bind("result", over ? end.json() : null)
                    .bind("run", end.run())
                    .execute();
        }
    }
}
