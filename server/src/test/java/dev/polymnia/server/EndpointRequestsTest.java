package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.Fault;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What owners do with endpoints while the server runs.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class EndpointRequestsTest extends ServerFixture {
    private static final String HERE = "http://here.example/v1";
    private static final String MANY = "http://many.example/v1";
    private static final String GONE = "http://gone.example/v1";
    private static final String KEY = FakeEndpoints.KEY;

    /// What is answered from elsewhere.
    private final FakeEndpoints shelf = new FakeEndpoints((_, _) -> Reply.of("From elsewhere."));

    private @Nullable PolymniaServer server;

    @BeforeEach
    void fill() {
        shelf.there.put(HERE, List.of("far"));
        shelf.there.put(MANY, List.of("one", "two"));
        endpoints = shelf;
    }

    @AfterEach
    void empty() {
        shelf.close();
    }

    private PolymniaServer begin(ScriptedModel... models) {
        PolymniaServer begun = serve(List.of(models));
        server = begun;
        return begun;
    }

    private PolymniaServer begun() {
        return requireNonNull(server);
    }

    private String at(String path) {
        return begun().url().replace("/v1", "/api/endpoints") + path;
    }

    private HttpResponse<String> send(String path, String url, String more)
            throws IOException, InterruptedException {
        return ask("POST", at(path), null, "{\"url\": \"%s\"%s}".formatted(url, more));
    }

    private HttpResponse<String> connect(String id) throws IOException, InterruptedException {
        return ask("POST", at("/" + id + "/connect"), null, null);
    }

    private JsonNode listed() throws IOException, InterruptedException {
        return json(get(at("")).body()).get("data");
    }

    private void awaitState(String state) throws IOException, InterruptedException {
        while (!listed().at("/0/state").asString().equals(state)) {
            Thread.onSpinWait();
        }
    }

    /// Ends a server in the midst of a run at an endpoint, which the next one has kept, and returns
    /// the run's id.
    private String leaveRun() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeEndpoints slow = new FakeEndpoints(silent(asked))) {
            slow.there.put(HERE, List.of("far"));
            endpoints = slow;
            begin();
            send("", HERE, "");
            String body = "{\"model\": \"far:instant\", %s}".formatted(ASKED);
            String run = json(post(begun(), "/runs", body).body()).get("id").asString();
            asked.await();
            begun().close();
            shelf.keep(new Endpoints.Wanted(HERE, "", "far"));
            endpoints = shelf;
            return run;
        }
    }

    private static String words(HttpResponse<String> refused) {
        return json(refused.body()).at("/error/message").asString();
    }

    private static ScriptedModel named(String name) {
        return ModelsTest.model(name);
    }

    @Test
    void an_endpoint_that_is_added_answers_by_its_models_name() throws Exception {
        begin();
        assertThat(listed().size()).isZero();

        HttpResponse<String> added = send("", " " + HERE + " ", ", \"key\": \"" + KEY + "\"");

        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(json(added.body()))
                .isEqualTo(
                        json(
                                """
                                {"id": "at-far", "object": "endpoint", "url": "%s", "model": "far",
                                 "has_key": true, "state": "answering", "error": ""}
                                """
                                        .formatted(HERE)));
        assertThat(listed().get(0)).isEqualTo(json(added.body()));
        assertThat(answer(begun(), "\"model\": \"far\"").toString()).contains("From elsewhere.");
        assertThat(answer(begun(), "\"model\": \"instant\"").toString())
                .contains("From elsewhere.");
        assertThat(get(begun().url() + "/models").body()).contains("far:contemplating");
    }

    @Test
    void a_test_tells_the_models_and_what_one_of_them_says_and_keeps_nothing() throws Exception {
        begin();

        JsonNode alone = json(send("/test", HERE, "").body());
        JsonNode several = json(send("/test", MANY, "").body());
        JsonNode chosen = json(send("/test", MANY, ", \"model\": \"two\"").body());

        assertThat(alone)
                .isEqualTo(
                        json(
                                """
                                {"object": "endpoint.test", "models": ["far"], "model": "far",
                                 "words": "Hello!", "context_length": 4096, "milliseconds": 120}
                                """));
        assertThat(several.get("models").toString()).isEqualTo("[\"one\",\"two\"]");
        assertThat(several.get("model").asString()).isEmpty();
        assertThat(chosen.get("model").asString()).isEqualTo("two");
        assertThat(listed().size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"/test", "''"})
    void why_an_endpoint_does_not_answer_is_told_as_it_is(String path) throws Exception {
        begin();
        shelf.guarded.add(HERE);

        HttpResponse<String> gone = send(path, GONE, "");
        HttpResponse<String> wrong = send(path, HERE, ", \"key\": \"" + KEY + "0\"");

        assertThat(gone.statusCode()).isEqualTo(503);
        assertThat(words(gone))
                .isEqualTo("The endpoint " + GONE + " takes no connection; start it.");
        assertThat(json(gone.body()).at("/error/code").asString()).isEqualTo("endpoint");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(words(wrong)).isEqualTo("The endpoint " + HERE + " refuses the key.");
        assertThat(wrong.body()).doesNotContain(KEY);
        assertThat(listed().size()).isZero();
    }

    @Test
    void of_several_models_one_has_to_be_chosen() throws Exception {
        begin();

        HttpResponse<String> refused = send("", MANY, "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(words(refused)).contains("one", "two");

        assertThat(send("", MANY, ", \"model\": \"two\"").statusCode()).isEqualTo(201);
        assertThat(listed().at("/0/model").asString()).isEqualTo("two");
    }

    @Test
    void no_two_models_have_one_name() throws Exception {
        begin(named("far"));
        HttpResponse<String> taken = send("", HERE, "");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(words(taken)).contains("'far' answers here already");

        shelf.there.put(MANY, List.of("far", "far:thinking", "two"));
        assertThat(send("", MANY, ", \"model\": \"far:thinking\"").statusCode()).isEqualTo(409);
        assertThat(send("", MANY, ", \"model\": \"two\"").statusCode()).isEqualTo(201);
        HttpResponse<String> again = send("", MANY, ", \"model\": \"two\"");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(words(again)).contains("'two' has been added already", MANY);
        assertThat(listed().size()).isEqualTo(1);
        assertThat(answer(begun(), "\"model\": \"far\"").toString()).contains("I am far");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|url' is missing",
                "{\"url\": 7}|url' is 7; send a string",
                "{\"url\": \"http://here.example/v1\", \"key\": []}|key' is an array",
                "{\"url\": \"http://here.example/v1\", \"keys\": \"\"}|keys' is not supported",
                "[]|The body is an array",
            })
    void a_body_that_is_wrong_is_told_so(String body, String why) throws Exception {
        begin();
        for (String path : List.of("", "/test")) {
            HttpResponse<String> refused = ask("POST", at(path), null, body);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(words(refused)).contains(why);
        }
    }

    @Test
    void what_is_removed_answers_no_more_but_ends_what_it_is_at() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        FakeEndpoints slow =
                new FakeEndpoints((_, _) -> {
                    begun.countDown();
                    await(removed);
                    return Reply.of(LEFT);
                });
        slow.there.put(HERE, List.of("far"));
        endpoints = slow;
        begin(named("near"));
        try (slow;
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            send("", HERE, "");
            Future<JsonNode> answer =
                    threads.submit(() -> answer(begun(), "\"model\": \"far:instant\""));
            begun.await();

            assertThat(delete(at("/at-far")).body()).contains("endpoint.deleted");
            removed.countDown();

            assertThat(answer.get().toString()).contains("31");
            assertThat(listed().size()).isZero();
            assertThat(chat(begun(), "{\"model\": \"far\", %s}".formatted(ASKED)).statusCode())
                    .isEqualTo(404);
            HttpResponse<String> unknown = delete(at("/at-far"));
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(words(unknown)).contains("There is no endpoint 'at-far'");
        }
    }

    @Test
    void what_is_kept_answers_after_the_next_start_and_nobody_waits_for_it() throws Exception {
        begin();
        send("", HERE, "");
        begun().close();
        shelf.silent.add(HERE);

        begin(named("near"));
        shelf.asked.await();
        assertThat(listed().at("/0/state").asString()).isEqualTo("connecting");
        assertThat(json(connect("at-far").body()).get("state").asString()).isEqualTo("connecting");
        assertThat(answer(begun(), "\"model\": \"near\"").toString()).contains("I am near");
        begun().close();

        shelf.silent.clear();
        begin();
        awaitState("answering");
        assertThat(answer(begun(), "\"model\": \"far\"").toString()).contains("From elsewhere.");
    }

    @Test
    void models_stand_in_the_order_in_which_they_were_added_whichever_is_there_first()
            throws Exception {
        shelf.keep(new Endpoints.Wanted(HERE, "", "far"));
        shelf.keep(new Endpoints.Wanted(MANY, "", "one"));
        shelf.silent.add(HERE);
        begin();
        shelf.asked.await();
        while (!listed().at("/1/state").asString().equals("answering")) {
            Thread.onSpinWait();
        }
        assertThat(listed().at("/0/state").asString()).isEqualTo("connecting");

        shelf.letGo.countDown();
        awaitState("answering");

        JsonNode models = json(get(begun().url() + "/models").body()).get("data");
        assertThat(models.at("/0/id").asString()).startsWith("far");
        assertThat(models.toString()).contains("\"one\"");
    }

    @Test
    void a_run_that_waits_for_its_endpoint_is_cancelled() throws Exception {
        String run = leaveRun();
        shelf.silent.add(HERE);
        begin();
        shelf.asked.await();
        String url = begun().url() + "/runs/" + run;
        assertThat(ask("POST", url + "/more", null, null).statusCode()).isEqualTo(409);
        assertThat(ask("POST", url + "/cancel", null, null).statusCode()).isEqualTo(202);
        get(url + "/events");
        assertThat(json(get(url).body()).get("state").asString()).isEqualTo("cancelled");

        shelf.letGo.countDown();
        awaitState("answering");
        assertThat(answer(begun(), "\"model\": \"far\"").toString()).contains("From elsewhere.");
        assertThat(json(get(url).body()).get("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void what_is_too_long_is_refused() throws Exception {
        begin();
        String much = "x".repeat(2001);

        HttpResponse<String> url = send("", "http://" + much, "");
        HttpResponse<String> model = send("/test", HERE, ", \"model\": \"%s\"".formatted(much));

        assertThat(url.statusCode()).isEqualTo(400);
        assertThat(words(url)).contains("'url' has 2008 characters").doesNotContain("xxx");
        assertThat(model.statusCode()).isEqualTo(400);
        assertThat(words(model)).contains("'model' has 2001 characters");
    }

    @Test
    void what_cannot_be_reached_says_why_and_can_be_connected_again() throws Exception {
        begin();
        send("", HERE, "");
        begun().close();
        shelf.there.remove(HERE);

        begin();
        awaitState("failed");
        assertThat(listed().at("/0/error").asString()).contains(HERE, "takes no connection");
        assertThat(connect("at-far").statusCode()).isEqualTo(503);

        shelf.there.put(HERE, List.of("far"));
        assertThat(json(connect("at-far").body()).get("state").asString()).isEqualTo("answering");
        assertThat(listed().at("/0/error").asString()).isEmpty();
        // Once more, nothing changes.
        assertThat(json(connect("at-far").body()).get("state").asString()).isEqualTo("answering");
        assertThat(answer(begun(), "\"model\": \"far\"").toString()).contains("From elsewhere.");
    }

    @Test
    void what_is_removed_while_it_is_asked_does_not_answer_when_it_comes() throws Exception {
        shelf.keep(new Endpoints.Wanted(HERE, "", "far"));
        shelf.there.remove(HERE);
        begin(named("near"));
        awaitState("failed");
        shelf.there.put(HERE, List.of("far"));
        shelf.silent.add(HERE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> connecting = threads.submit(() -> connect("at-far"));
            shelf.asked.await();

            assertThat(delete(at("/at-far")).statusCode()).isEqualTo(200);
            shelf.letGo.countDown();

            assertThat(connecting.get().statusCode()).isEqualTo(404);
            assertThat(listed().size()).isZero();
            assertThat(get(begun().url() + "/models").body()).doesNotContain("far");
        }
    }

    @Test
    void a_server_begins_even_if_what_is_kept_cannot_be_read() throws Exception {
        shelf.keep(new Endpoints.Wanted(HERE, "", "far"));
        shelf.unreadable = new Fault(Fault.Code.UNAVAILABLE, "The file is no JSON; correct it.");

        begin(named("near"));
        HttpResponse<String> listed = get(at(""));

        assertThat(listed.statusCode()).isEqualTo(503);
        assertThat(words(listed)).isEqualTo("The file is no JSON; correct it.");
        assertThat(answer(begun(), "\"model\": \"near\"").toString()).contains("I am near");
        shelf.unreadable = null;
        assertThat(listed().at("/0/state").asString()).isEqualTo("failed");
        assertThat(json(connect("at-far").body()).get("state").asString()).isEqualTo("answering");
    }

    @Test
    void a_model_of_this_machine_has_its_name_first() throws Exception {
        begin();
        send("", HERE, "");
        begun().close();

        begin(named("far"));
        awaitState("failed");

        assertThat(listed().at("/0/error").asString()).contains("'far' answers here already");
        assertThat(connect("at-far").statusCode()).isEqualTo(409);
        assertThat(delete(at("/at-far")).statusCode()).isEqualTo(200);
        assertThat(answer(begun(), "\"model\": \"far\"").toString()).contains("I am far");
    }

    @Test
    void a_run_in_the_background_goes_on_when_its_endpoint_is_there_again() throws Exception {
        String run = leaveRun();
        begin(named("near"));
        String url = begun().url() + "/runs/" + run;
        while (json(get(url).body()).get("state").asString().equals("running")) {
            Thread.onSpinWait();
        }

        assertThat(json(get(url).body()).at("/outcome/text").asString())
                .isEqualTo("From elsewhere.");
    }

    @Test
    void what_is_asked_there_and_what_owners_do_is_written_down_and_no_key() throws Exception {
        begin(named("near"));
        send("/test", HERE, ", \"key\": \"" + KEY + "\"");
        send("", HERE, ", \"key\": \"" + KEY + "\"");
        answer(begun(), "\"model\": \"far\"");
        delete(at("/at-far"));
        // Committed with all that was noted before.
        post(begun(), "/runs", "{\"model\": \"near:instant\", %s}".formatted(ASKED));

        List<String> acts = new ArrayList<>();
        JsonNode entries = json(get(begun().url().replace("/v1", "/api/audit?limit=100")).body());
        entries.get("data")
                .forEach(entry ->
                        acts.add(entry.get("act").asString() + " " + entry.get("on").asString()));

        assertThat(acts)
                .contains(
                        "POST /api/endpoints/test ",
                        "POST /api/endpoints ",
                        "DELETE /api/endpoints/{endpoint} at-far")
                .anyMatch(act -> act.startsWith("outbound ") && act.endsWith(HERE));
        assertThat(entries.toString()).doesNotContain(KEY);
        assertThat(new Endpoints.Wanted(HERE, KEY, "").toString()).doesNotContain(KEY);
    }
}
