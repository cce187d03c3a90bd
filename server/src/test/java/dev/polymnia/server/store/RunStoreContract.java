package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.BranchEvent;
import dev.polymnia.core.model.Channel;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.core.run.Ledger;
import dev.polymnia.core.run.Outcome;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.people.Spender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What every database of runs does.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class RunStoreContract {
    static final Duration LONG = Duration.ofMinutes(1);

    RunStore store;
    private @Nullable Store all;

    /// Opens the database of this test.
    abstract Store open();

    @BeforeEach
    void openFirst() {
        openAgain();
    }

    final void openAgain() {
        Store opened = open();
        all = opened;
        store = opened.runs();
    }

    @AfterEach
    void close() {
        requireNonNull(all).close();
    }

    static StoredRun run(String id, long created) {
        return StoredRun.begun(
                id,
                Spender.OPERATOR,
                Mode.THINKING,
                "thinking",
                true,
                Instant.ofEpochMilli(created),
                "{\"seed\":7}");
    }

    static RunEvent event(String run, int branch, long sequence, Event event) {
        return new RunEvent(run, branch, sequence, Duration.ofMillis(sequence), event);
    }

    static Event started() {
        return new Event.RunStarted(Mode.THINKING, "scripted", 7, Budget.UNLIMITED);
    }

    static Event words(String text) {
        return new Event.Told(new BranchEvent.Delta(Channel.ANSWER, text, List.of()));
    }

    static Event finished(String text) {
        return new Event.RunFinished(
                new Outcome(text, Optional.of(text), false),
                new Ledger(List.of(), List.of(), Duration.ZERO));
    }

    RunLog begin(StoredRun run) {
        RunLog log = store.begin(run, LONG, _ -> {});
        log.awaitBegun();
        return log;
    }

    /// Waits until a run is committed to its end, and returns its events.
    List<JsonNode> toTheEnd(String id) {
        while (true) {
            Optional<RunLog> live = store.live(id);
            if (live.isEmpty()) {
                List<StoredEvent> events = store.events(id, 0, Integer.MAX_VALUE);
                assertThat(events)
                        .extracting(StoredEvent::id)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, events.size()).boxed().toList());
                return events.stream()
                        .map(event -> JsonMapper.shared().readTree(event.json()))
                        .toList();
            }
            boolean _ = live.get().awaitNews(Long.MAX_VALUE, LONG);
        }
    }

    static String text(List<JsonNode> events) {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events) {
            if (event.get("type").asString().equals("delta")) {
                text.append(event.get("text").asString());
            }
        }
        return text.toString();
    }

    @Test
    void a_run_is_found_as_it_was_told() {
        RunLog log = begin(run("run-1", 1000));
        assertThat(store.find("run-1").orElseThrow().state()).isEqualTo(RunState.RUNNING);

        log.add(event("run-1", -1, 0, started()));
        for (int i = 1; i <= 500; i++) {
            log.add(event("run-1", 0, i, words(i + " ")));
        }
        log.add(event("run-1", -1, 501, finished("31")));
        List<JsonNode> events = toTheEnd("run-1");

        assertThat(events.getFirst().get("type").asString()).isEqualTo("run_started");
        assertThat(events.getLast().get("type").asString()).isEqualTo("run_finished");
        assertThat(text(events))
                .isEqualTo(
                        String.join(
                                "", IntStream.rangeClosed(1, 500).mapToObj(i -> i + " ").toList()));
        StoredRun found = store.find("run-1").orElseThrow();
        assertThat(found.state()).isEqualTo(RunState.FINISHED);
        assertThat(found.created()).isEqualTo(Instant.ofEpochMilli(1000));
        assertThat(found.ended()).isNotNull();
        assertThat(found.result()).contains("\"answer\":\"31\"");
        assertThat(found.request()).isEqualTo("{\"seed\":7}");
        assertThat(store.find("run-2")).isEmpty();
    }

    @Test
    void many_runs_at_once_are_kept_apart() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                String id = "run-" + i;
                threads.execute(() -> {
                    RunLog log = begin(run(id, 1));
                    for (int k = 0; k < 300; k++) {
                        log.add(event(id, k % 4, k, words(id + " ")));
                    }
                    log.add(event(id, -1, 300, finished(id)));
                });
            }
        }
        for (int i = 0; i < 16; i++) {
            assertThat(text(toTheEnd("run-" + i))).isEqualTo(("run-" + i + " ").repeat(300));
        }
    }

    @Test
    void events_after_one_are_paged() {
        RunLog log = begin(run("run-1", 1));
        for (int i = 0; i < 10; i++) {
            // Of another kind each time, so that nothing is joined.
            log.add(event("run-1", -1, i, new Event.Tally(List.of(), 0, i)));
        }
        log.add(event("run-1", -1, 10, finished("x")));
        toTheEnd("run-1");

        assertThat(store.events("run-1", 3, 4))
                .extracting(StoredEvent::id)
                .containsExactly(4L, 5L, 6L, 7L);
        assertThat(store.events("run-1", 11, 4)).isEmpty();
    }

    @Test
    void runs_are_listed_the_newest_first() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // Two of them at the same moment.
            begin(run("run-" + i, i / 2));
            ids.addFirst("run-" + i);
        }

        assertThat(store.newest(Spender.OPERATOR, 10, null))
                .extracting(StoredRun::id)
                .isEqualTo(ids);
        assertThat(store.newest(Spender.OPERATOR, 2, null))
                .extracting(StoredRun::id)
                .isEqualTo(ids.subList(0, 2));
        assertThat(store.newest(Spender.OPERATOR, 10, ids.get(1)))
                .extracting(StoredRun::id)
                .isEqualTo(ids.subList(2, 5));
    }

    @Test
    void the_last_event_of_a_type_is_found() {
        RunLog log = begin(run("run-1", 1));
        log.add(event("run-1", -1, 0, new Event.BudgetRaised(Budget.UNLIMITED.withTokens(1))));
        log.add(event("run-1", -1, 1, new Event.BudgetRaised(Budget.UNLIMITED.withTokens(2))));
        log.add(event("run-1", 0, 2, words("\"type\":\"budget_raised\"")));
        log.add(event("run-1", -1, 3, finished("x")));
        toTheEnd("run-1");

        assertThat(store.last("run-1", "budget_raised").orElseThrow().json())
                .contains("\"tokens\":2");
        assertThat(store.last("run-1", "tally")).isEmpty();
    }

    @Test
    void a_run_is_removed_with_its_events_if_it_is_over() {
        begin(run("run-1", 1)).add(event("run-1", -1, 0, finished("x")));
        toTheEnd("run-1");
        begin(run("run-2", 2));

        store.delete("run-1");
        store.delete("run-2");
        store.delete("run-3");

        assertThat(store.newest(Spender.OPERATOR, 9, null))
                .extracting(StoredRun::id)
                .containsExactly("run-2");
        assertThat(store.events("run-1", 0, 9)).isEmpty();
    }

    @Test
    void what_ended_long_ago_is_removed_piece_by_piece() {
        for (int i = 0; i < 205; i++) {
            begin(run("run-" + i, i)).add(event("run-" + i, -1, 0, finished("x")));
        }
        toTheEnd("run-204");
        begin(run("run-at-work", 1));
        Instant end = requireNonNull(store.find("run-204").orElseThrow().ended());

        assertThat(store.deleteEndedBefore(end.minus(LONG), 100)).isZero();
        try (Retention retention = new Retention(store, LONG, () -> end.plus(LONG).plusMillis(1))) {
            retention.sweep();
        }

        assertThat(store.newest(Spender.OPERATOR, 9, null))
                .extracting(StoredRun::id)
                .containsExactly("run-at-work");
    }

    @Test
    void a_failure_ends_a_log_once() {
        RunLog log = begin(run("run-1", 1));
        log.add(event("run-1", -1, 0, started()));
        log.fail(new Fault(Fault.Code.INTERNAL, "It broke."));
        log.fail(new Fault(Fault.Code.INTERNAL, "It broke again."));
        log.add(event("run-1", -1, 1, finished("x")));

        assertThat(toTheEnd("run-1")).hasSize(2);
        assertThat(store.find("run-1").orElseThrow().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void a_run_that_was_cancelled_is_no_failure() {
        RunLog log = begin(run("run-1", 1));
        log.fail(new Fault(Fault.Code.CANCELLED, "Enough."));
        toTheEnd("run-1");

        assertThat(store.find("run-1").orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void a_run_goes_on_where_its_log_ended() {
        RunLog before = begin(run("run-1", 1));
        before.add(event("run-1", -1, 0, started()));
        close();

        openAgain();
        StoredRun found = store.unfinished().getFirst();
        RunLog log = store.again(found, LONG, _ -> {});
        log.add(event("run-1", -1, 0, started()));
        log.add(event("run-1", -1, 1, finished("x")));

        assertThat(toTheEnd("run-1")).hasSize(3);
        assertThat(store.find("run-1").orElseThrow().attempts()).isEqualTo(2);
        assertThat(store.unfinished()).isEmpty();
    }

    @Test
    void a_store_is_one_servers() {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE))
                .hasMessageContaining("nother server");
    }

    @Test
    void any_text_can_be_kept() {
        String odd = "\ud800 half, \u0000 none, 𝄞, ' \" \\ :name ?";
        RunLog log = begin(run("run-1", 1));
        log.add(event("run-1", 0, 0, words(odd)));
        log.add(event("run-1", -1, 1, finished("x")));

        assertThat(text(toTheEnd("run-1"))).isEqualTo(odd.replace('\ud800', '?'));
    }

    private static StoredResponse response(String id, String run, String body) {
        return new StoredResponse(id, Spender.OPERATOR, run, "{\"input\":\"" + id + "\"}", body);
    }

    /// Waits until all that was given to the store is committed.
    private void awaitCommit() {
        begin(run("run-later", 9));
    }

    @Test
    void a_response_is_found_at_once_and_after_the_end_of_its_server() {
        RunLog log = begin(run("resp-1", 1));
        assertThat(store.keep(response("resp-1", "resp-1", "{\"at\":1}"), LONG)).isTrue();
        assertThat(store.response("resp-1").orElseThrow().body()).isEqualTo("{\"at\":1}");
        // The second leg of the run, and one whose run was not kept.
        store.keep(response("resp-1", "resp-1", "{\"at\":2}"), LONG);
        store.keep(response("resp-2", "resp-1", "{}"), LONG);
        store.keep(response("resp-3", "resp-0", "{}"), LONG);
        log.add(event("resp-1", -1, 0, finished("x")));
        close();

        openAgain();
        // The request is kept once, as it is the run's.
        assertThat(store.response("resp-1"))
                .contains(
                        new StoredResponse(
                                "resp-1",
                                Spender.OPERATOR,
                                "resp-1",
                                "{\"seed\":7}",
                                "{\"at\":2}"));
        assertThat(store.response("resp-2")).contains(response("resp-2", "resp-1", "{}"));
        assertThat(store.response("resp-3")).contains(response("resp-3", "resp-3", "{}"));
        assertThat(store.response("resp-4")).isEmpty();
    }

    @Test
    void a_run_goes_with_the_last_of_its_responses() {
        begin(run("resp-1", 1)).add(event("resp-1", -1, 0, finished("x")));
        store.keep(response("resp-1", "resp-1", "{}"), LONG);
        store.keep(response("resp-2", "resp-1", "{}"), LONG);
        toTheEnd("resp-1");
        awaitCommit();

        store.deleteResponse("resp-1", LONG);
        assertThat(store.response("resp-1")).isEmpty();
        assertThat(store.find("resp-1")).isPresent();
        store.deleteResponse("resp-2", LONG);

        assertThat(store.response("resp-2")).isEmpty();
        assertThat(store.find("resp-1")).isEmpty();
    }

    @Test
    void a_run_whose_response_is_deleted_before_its_end_is_committed_goes_with_it() {
        RunLog log = begin(run("resp-1", 1));
        store.keep(response("resp-1", "resp-1", "{}"), LONG);
        CompletableFuture<Void> deletion =
                CompletableFuture.runAsync(() -> store.deleteResponse("resp-1", LONG));
        log.add(event("resp-1", -1, 0, finished("x")));
        deletion.join();

        assertThat(store.response("resp-1")).isEmpty();
        assertThat(store.find("resp-1")).isEmpty();
    }

    @Test
    void a_run_goes_with_a_response_that_is_not_committed_and_stays_for_one_that_is_not() {
        begin(run("resp-1", 1)).add(event("resp-1", -1, 0, finished("x")));
        toTheEnd("resp-1");
        store.keep(response("resp-1", "resp-1", "{}"), LONG);
        store.keep(response("resp-2", "resp-1", "{}"), LONG);

        store.deleteResponse("resp-1", LONG);
        assertThat(store.find("resp-1")).isPresent();
        store.deleteResponse("resp-2", LONG);

        assertThat(store.find("resp-1")).isEmpty();
    }

    @Test
    void a_response_that_is_deleted_before_it_is_committed_does_not_come_back() {
        begin(run("resp-1", 1));
        store.keep(response("resp-1", "resp-1", "{}"), LONG);
        store.deleteResponse("resp-1", Duration.ZERO);
        awaitCommit();

        assertThat(store.response("resp-1")).isEmpty();
    }

    @Test
    void responses_are_removed_with_their_runs_and_in_time() {
        begin(run("resp-1", 1)).add(event("resp-1", -1, 0, finished("x")));
        store.keep(response("resp-1", "resp-1", "{}"), LONG);
        store.keep(response("resp-2", "resp-0", "{}"), LONG);
        toTheEnd("resp-1");
        awaitCommit();

        store.deleteEndedBefore(Instant.now().minus(LONG), 9);
        assertThat(store.response("resp-1")).isPresent();
        assertThat(store.response("resp-2")).isPresent();
        store.deleteEndedBefore(Instant.now().plus(LONG), 9);

        assertThat(store.response("resp-1")).isEmpty();
        assertThat(store.response("resp-2")).isEmpty();
    }
}
