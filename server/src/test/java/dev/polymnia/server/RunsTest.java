package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.store.RunLog;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.Script;
import dev.polymnia.testkit.ScriptedModel;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Runs as objects, over HTTP.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class RunsTest extends ServerFixture {
    private static final String SMALL =
            "\"polymnia\": {\"budget\": {\"tokens\": 3, \"seconds\": 60}}";

    private static final Script LEFT_SCRIPT = (_, _) -> Reply.of(LEFT);

    private JsonNode create(PolymniaServer server, String fields) throws Exception {
        HttpResponse<String> response =
                send(server.url() + "/runs", "{%s, %s}".formatted(fields, ASKED));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json(response.body());
    }

    private JsonNode run(PolymniaServer server, String id) throws Exception {
        return json(get(server.url() + "/runs/" + id).body());
    }

    /// Asks for larger limits until the run has begun.
    private HttpResponse<String> raise(String url, String limits) throws Exception {
        HttpResponse<String> response;
        do {
            response = send(url, limits);
        } while (response.statusCode() == 409);
        return response;
    }

    /// Returns the events of a run, once it is over.
    private String events(PolymniaServer server, String id, String... headers) throws Exception {
        return get(server.url() + "/runs/" + id + "/events", headers).body();
    }

    private static List<Long> ids(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.valueOf(line.substring("id: ".length())))
                .toList();
    }

    @Test
    void a_run_in_the_background_is_told_to_its_end_and_kept() throws Exception {
        PolymniaServer server = serve(LEFT_SCRIPT);

        JsonNode created = create(server, "\"model\": \"contemplating\", \"seed\": 7");
        String id = created.get("id").asString();
        String stream = events(server, id);
        JsonNode run = run(server, id);

        assertThat(created.get("object").asString()).isEqualTo("run");
        assertThat(created.get("state").asString()).isEqualTo("running");
        List<JsonNode> told = chunks(stream);
        assertThat(told)
                .extracting(event -> event.get("type").asString())
                .startsWith("run_started")
                .contains("delta", "tally", "answer_delta")
                .endsWith("run_finished");
        assertThat(told).extracting(event -> event.get("run").asString()).containsOnly(id);
        assertThat(ids(stream)).hasSameSizeAs(told).startsWith(1L, 2L, 3L).isSorted();
        assertThat(run.get("state").asString()).isEqualTo("finished");
        assertThat(run.at("/outcome/text").asString()).isEqualTo("31");
        assertThat(run.at("/outcome/answer").asString()).isEqualTo("31");
        assertThat(run.at("/ledger/agents").size()).isPositive();
        assertThat(run.at("/request/polymnia/seed").asLong()).isEqualTo(7);
        assertThat(run.get("background").asBoolean()).isTrue();
        assertThat(run.get("ended").asLong()).isGreaterThanOrEqualTo(run.get("created").asLong());
    }

    @Test
    void a_watcher_goes_on_after_the_last_event_it_has() throws Exception {
        PolymniaServer server = serve(LEFT_SCRIPT);
        String id = create(server, "\"model\": \"thinking\"").get("id").asString();
        List<Long> all = ids(events(server, id));
        long third = all.get(2);

        assertThat(ids(events(server, id, "Last-Event-ID", Long.toString(third))))
                .isEqualTo(all.subList(3, all.size()));
        assertThat(ids(get(server.url() + "/runs/" + id + "/events?after=" + third).body()))
                .isEqualTo(all.subList(3, all.size()));
        assertThat(get(server.url() + "/runs/" + id + "/events?after=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void all_watchers_of_a_run_at_work_are_told_the_same() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PolymniaServer server = serve(silent(begun));
        String id = create(server, "\"model\": \"instant\"").get("id").asString();
        begun.await();

        List<Future<String>> watchers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                watchers.add(threads.submit(() -> events(server, id)));
            }
            assertThat(send(server.url() + "/runs/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
        }

        for (Future<String> watcher : watchers) {
            assertThat(ids(watcher.get())).isEqualTo(ids(watchers.getFirst().get()));
            assertThat(chunks(watcher.get()).getLast().get("type").asString())
                    .isEqualTo("run_failed");
        }
        JsonNode run = run(server, id);
        assertThat(run.get("state").asString()).isEqualTo("cancelled");
        assertThat(run.at("/fault/code").asString()).isEqualTo("cancelled");
    }

    @Test
    void a_run_ends_with_its_best_answer_when_it_is_told_to() throws Exception {
        ScriptedModel model =
                ScriptedModel.manual(
                        (_, index) -> Reply.of(index == 0 ? LEFT : "word ".repeat(200)));
        PolymniaServer server = serve(model, 0);
        String id =
                create(server, "\"model\": \"contemplating\", \"polymnia\": {\"agents\": 2}")
                        .get("id")
                        .asString();
        model.awaitLive(2);
        while (model.live() == 2) {
            model.step();
        }

        send(server.url() + "/runs/" + id + "/finish", "");
        while (run(server, id).get("state").asString().equals("running")) {
            model.step();
        }

        JsonNode run = run(server, id);
        assertThat(run.get("state").asString()).isEqualTo("finished");
        assertThat(run.at("/outcome/answer").asString()).isEqualTo("31");
        assertThat(send(server.url() + "/runs/" + id + "/finish", "").statusCode()).isEqualTo(202);
    }

    @Test
    void a_team_at_work_is_joined_by_more_agents() throws Exception {
        ScriptedModel model = ScriptedModel.manual((_, _) -> Reply.of(LEFT));
        PolymniaServer server = serve(model, 0);
        String id =
                create(server, "\"model\": \"contemplating\", \"polymnia\": {\"agents\": 2}")
                        .get("id")
                        .asString();
        model.awaitLive(2);
        String url = server.url() + "/runs/" + id + "/more";

        assertThat(send(url, "").statusCode()).isEqualTo(202);
        model.awaitLive(4);
        while (run(server, id).get("state").asString().equals("running")) {
            model.step();
        }

        assertThat(chunks(events(server, id)))
                .filteredOn(event -> event.get("type").asString().equals("agent_started"))
                .extracting(event -> event.get("wave").asInt())
                .containsExactly(1, 1, 2, 2);
        assertThat(send(url, "").statusCode()).isEqualTo(202);
    }

    @Test
    void only_a_team_in_the_background_is_joined() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PolymniaServer server = serve(silent(begun));
        String id = create(server, "\"model\": \"thinking\"").get("id").asString();
        begun.await();

        HttpResponse<String> alone = send(server.url() + "/runs/" + id + "/more", "");
        send(server.url() + "/runs/" + id + "/cancel", "");

        assertThat(alone.statusCode()).isEqualTo(400);
        assertThat(json(alone.body()).at("/error/message").asString())
                .contains(id)
                .contains("contemplating");
        assertThat(send(server.url() + "/runs/run-none/more", "").statusCode()).isEqualTo(404);
    }

    @Test
    void the_limits_of_a_run_at_work_can_be_raised_and_not_lowered() throws Exception {
        ScriptedModel model = ScriptedModel.manual((_, _) -> Reply.of(LEFT));
        PolymniaServer server = serve(model, 0);
        String id = create(server, "\"model\": \"thinking\", " + SMALL).get("id").asString();
        model.awaitLive(1);
        String url = server.url() + "/runs/" + id + "/budget";

        HttpResponse<String> lower = raise(url, "{\"tokens\": 2}");
        HttpResponse<String> wrong = send(url, "{\"tokens\": \"many\"}");
        HttpResponse<String> raised = send(url, "{\"tokens\": 500}");
        while (run(server, id).get("state").asString().equals("running")) {
            model.step();
        }

        assertThat(lower.statusCode()).isEqualTo(400);
        assertThat(json(lower.body()).at("/error/message").asString())
                .contains("{\"tokens\":3,\"seconds\":60.0}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(raised.statusCode()).isEqualTo(202);
        assertThat(json(raised.body()).at("/budget/tokens").asInt()).isEqualTo(500);
        assertThat(json(raised.body()).at("/budget/seconds").asInt()).isEqualTo(60);
        assertThat(run(server, id).at("/outcome/partial").asBoolean(true)).isFalse();
        assertThat(chunks(events(server, id)))
                .filteredOn(event -> event.get("type").asString().equals("budget_raised"))
                .singleElement()
                .satisfies(event -> assertThat(event.at("/budget/tokens").asInt()).isEqualTo(500));
        assertThat(send(url, "{\"tokens\": 900}").statusCode()).isEqualTo(202);
    }

    @Test
    void limits_that_were_raised_hold_when_the_next_server_takes_up_the_store() throws Exception {
        ScriptedModel model = ScriptedModel.manual((_, _) -> Reply.of("word ".repeat(100_000)));
        PolymniaServer first = serve(model, 0);
        String id = create(first, "\"model\": \"thinking\", " + SMALL).get("id").asString();
        model.awaitLive(1);
        raise(first.url() + "/runs/" + id + "/budget", "{\"tokens\": 500}");
        try (Stream<String> lines = watch(first, id)) {
            assertThat(lines.anyMatch(line -> line.contains("budget_raised"))).isTrue();
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> closing = threads.submit(first::close);
            while (!closing.isDone()) {
                model.step();
            }
        }

        PolymniaServer second = serve(LEFT_SCRIPT);
        List<JsonNode> told = chunks(events(second, id));

        assertThat(told)
                .filteredOn(event -> event.get("type").asString().equals("run_started"))
                .extracting(event -> event.at("/budget/tokens").asInt())
                .containsExactly(3, 500);
        assertThat(run(second, id).at("/outcome/partial").asBoolean(true)).isFalse();
    }

    @Test
    void a_run_is_removed_once_it_is_over() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PolymniaServer server = serve(silent(begun));
        String id = create(server, "\"model\": \"instant\"").get("id").asString();
        begun.await();

        assertThat(delete(server.url() + "/runs/" + id).statusCode()).isEqualTo(409);
        send(server.url() + "/runs/" + id + "/cancel", "");
        events(server, id);

        assertThat(json(delete(server.url() + "/runs/" + id).body()).get("deleted").asBoolean())
                .isTrue();
        assertThat(get(server.url() + "/runs/" + id).statusCode()).isEqualTo(404);
        assertThat(delete(server.url() + "/runs/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void runs_are_listed_by_pages_the_newest_first() throws Exception {
        PolymniaServer server = serve(LEFT_SCRIPT);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = create(server, "\"model\": \"instant\"").get("id").asString();
            events(server, id);
            ids.addFirst(id);
        }

        JsonNode first = json(get(server.url() + "/runs?limit=2").body());
        String last = first.at("/data/1/id").asString();
        JsonNode rest = json(get(server.url() + "/runs?limit=3&after=" + last).body());

        List<String> listed = new ArrayList<>();
        first.get("data").forEach(run -> listed.add(run.get("id").asString()));
        rest.get("data").forEach(run -> listed.add(run.get("id").asString()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(first.get("has_more").asBoolean()).isTrue();
        assertThat(rest.get("has_more").asBoolean()).isFalse();
    }

    @Test
    void an_answer_is_kept_as_a_run_unless_its_client_wants_it_forgotten() throws Exception {
        PolymniaServer server = serve(LEFT_SCRIPT);
        JsonNode kept = answer(server, "\"model\": \"thinking\"");
        JsonNode forgotten = answer(server, "\"model\": \"thinking\", \"store\": false");

        String id = kept.get("id").asString();
        List<JsonNode> told = chunks(events(server, id));
        assertThat(told.getLast().get("text").asString()).isEqualTo("31");
        assertThat(run(server, id).get("background").asBoolean()).isFalse();
        assertThat(run(server, id).get("state").asString()).isEqualTo("finished");
        assertThat(get(server.url() + "/runs/" + forgotten.get("id").asString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_run_that_waits_for_its_client_goes_on_in_the_same_log() throws Exception {
        PolymniaServer server =
                serve((_, index) ->
                        index == 0
                                ? Reply.of("Let me see.").calling("look", "{}")
                                : Reply.of(LEFT));
        String tools =
                "\"model\": \"thinking\", \"tools\": [{\"type\": \"function\", \"function\":"
                        + " {\"name\": \"look\", \"parameters\": {\"type\": \"object\"}}}]";
        JsonNode first = answer(server, tools);
        String id = first.get("id").asString();
        List<JsonNode> before = chunks(events(server, id));
        String state = run(server, id).get("state").asString();

        JsonNode turn = first.at("/choices/0/message");
        String results =
                "{%s, \"messages\": [{\"role\": \"user\", \"content\": \"?\"}, %s, {\"role\": \"tool\", \"tool_call_id\": %s, \"content\": \"31\"}]}"
                        .formatted(tools, turn, turn.at("/tool_calls/0/id"));
        assertThat(chat(server, results).statusCode()).isEqualTo(200);
        List<JsonNode> all = chunks(events(server, id));

        assertThat(state).isEqualTo("waiting");
        assertThat(before.getLast().get("type").asString()).isEqualTo("suspended");
        assertThat(all.subList(0, before.size())).isEqualTo(before);
        assertThat(all.getLast().get("type").asString()).isEqualTo("run_finished");
        assertThat(run(server, id).get("state").asString()).isEqualTo("finished");
        assertThat(run(server, id).get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void a_run_that_fails_says_why() throws Exception {
        PolymniaServer server = serve((_, _) -> Reply.of(LEFT).failingAfter(1));
        String id = create(server, "\"model\": \"instant\"").get("id").asString();
        events(server, id);

        JsonNode run = run(server, id);
        assertThat(run.get("state").asString()).isEqualTo("failed");
        assertThat(run.at("/fault/message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "GET|/runs/run-none|404",
                "GET|/runs/run-none/events|404",
                "GET|/runs?limit=0|400",
                "GET|/runs?limit=many|400",
                "GET|/runs?after=run-none|404",
                "POST|/runs/run-none/finish|404",
                "POST|/runs/run-none/cancel|404",
                "POST|/runs/run-none/budget|404",
                "POST|/runs|400",
            })
    void what_is_wrong_has_a_status(String method, String path, int status) throws Exception {
        PolymniaServer server = serve(LEFT_SCRIPT);
        String url = server.url() + path;

        HttpResponse<String> response =
                method.equals("GET")
                        ? get(url)
                        : send(url, "{\"model\": \"instant\", \"store\": false, " + ASKED + "}");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response.body()).at("/error/message").asString()).isNotBlank();
    }

    @Test
    void a_run_goes_on_when_the_next_server_takes_up_the_store() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PolymniaServer first = serve(silent(begun));
        String id = create(first, "\"model\": \"thinking\", \"seed\": 7").get("id").asString();
        begun.await();
        RunLog log = requireNonNull(store).runs().live(id).orElseThrow();
        // The first event is committed before the server ends.
        assertThat(log.awaitNews(0, Duration.ofMinutes(1))).isTrue();
        first.close();

        PolymniaServer second = serve(LEFT_SCRIPT);
        List<JsonNode> told = chunks(events(second, id));
        JsonNode run = run(second, id);

        assertThat(run.get("state").asString()).isEqualTo("finished");
        assertThat(run.get("attempts").asInt()).isEqualTo(2);
        assertThat(told)
                .filteredOn(event -> event.get("type").asString().equals("run_started"))
                .hasSize(2)
                .extracting(event -> event.get("seed").asLong())
                .containsOnly(7L);
        assertThat(run.at("/outcome/text").asString()).isEqualTo("31");
    }

    @Test
    void a_server_that_is_closed_waits_for_no_watcher() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PolymniaServer server = serve(silent(begun));
        String id = create(server, "\"model\": \"instant\"").get("id").asString();
        begun.await();

        try (Stream<String> lines = watch(server, id)) {
            Iterator<String> told = lines.iterator();
            assertThat(told.next()).contains(id);
            server.close();

            // The stream ends or breaks; it does not go on.
            try {
                told.forEachRemaining(line -> assertThat(line).doesNotContain("run_f"));
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).isNotNull();
            }
        }
    }

    @Test
    void an_answer_is_given_though_it_cannot_be_kept() throws Exception {
        PolymniaServer server = serve(LEFT_SCRIPT);
        Store closed = requireNonNull(store);
        closed.close();

        JsonNode answer = answer(server, "\"model\": \"thinking\"");

        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("31");
        HttpResponse<String> refused =
                send(server.url() + "/runs", "{\"model\": \"thinking\", %s}".formatted(ASKED));
        assertThat(refused.statusCode()).isEqualTo(503);
    }
}
