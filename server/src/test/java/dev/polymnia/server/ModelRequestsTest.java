package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Fault;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What owners do with models while the server runs.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ModelRequestsTest extends ServerFixture {
    private static final String LARGE = "large";

    private final ScriptedModel model = ScriptedModel.of((_, _) -> Reply.of(LEFT));
    private final String name = model.info().name();
    private final Library shelf = new Library();

    @AfterEach
    void end() {
        model.close();
    }

    /// A library of the scripted model and one that is too large.
    private final class Library implements ModelLibrary {
        /// A transfer takes one for each of its two halves.
        final Semaphore halves = new Semaphore(0);

        final CountDownLatch half = new CountDownLatch(1);
        final Set<String> here = ConcurrentHashMap.newKeySet();
        final List<String> log = Collections.synchronizedList(new ArrayList<>());
        volatile @Nullable Fault fault;

        @Override
        public List<Offer> offers() {
            return List.of(offer(name, ""), offer(LARGE, "It is too big."));
        }

        private Offer offer(String each, String hindrance) {
            boolean whole = here.contains(each);
            return new Offer(
                    each,
                    "The " + each,
                    10,
                    whole ? 10 : 0,
                    whole,
                    "MIT",
                    hindrance,
                    !whole,
                    whole);
        }

        @Override
        public void fetch(String each, Arrivals arrivals, Cancellation cancellation) {
            log.add("fetch " + each);
            try (var _ = cancellation.onRequest(() -> halves.release(2))) {
                halves.acquireUninterruptibly();
                arrivals.here(5, 10);
                arrivals.note("The line is slow.");
                half.countDown();
                halves.acquireUninterruptibly();
            }
            cancellation.check();
            Fault wrong = fault;
            if (wrong != null) {
                throw wrong;
            }
            here.add(each);
        }

        @Override
        public Served open(String each, Cancellation cancellation) {
            log.add("open " + each);
            return new Served(new Assistant(model, Clock.SYSTEM), model.info());
        }

        @Override
        public void remove(String each) {
            log.add("remove " + each);
            Fault wrong = fault;
            if (wrong != null) {
                throw wrong;
            }
            here.remove(each);
        }
    }

    private PolymniaServer serveNone() {
        library = shelf;
        return serve(List.of());
    }

    /// Returns a server that answers with a model that was chosen.
    private PolymniaServer serveChosen() throws IOException, InterruptedException {
        PolymniaServer server = serveNone();
        shelf.halves.release(2);
        take(server, name);
        awaitState(server, "answering");
        return server;
    }

    private static String offers(PolymniaServer server) {
        return server.url().replace("/v1", "/api/models");
    }

    private JsonNode offer(PolymniaServer server) throws IOException, InterruptedException {
        return json(get(offers(server)).body()).path("data").path(0);
    }

    private String state(PolymniaServer server) throws IOException, InterruptedException {
        return offer(server).path("state").asString();
    }

    private void awaitState(PolymniaServer server, String state)
            throws IOException, InterruptedException {
        while (!state(server).equals(state)) {
            Thread.onSpinWait();
        }
    }

    private int take(PolymniaServer server, String each) throws IOException, InterruptedException {
        return ask("POST", offers(server) + "/" + each, null, null).statusCode();
    }

    @Test
    void a_model_is_fetched_and_answers() throws Exception {
        PolymniaServer server = serveNone();
        var refused = chat(server, "{%s}".formatted(ASKED));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("There is no model yet");
        assertThat(state(server)).isEqualTo("absent");
        String ready = server.url().replace("/v1", "/readyz");
        assertThat(get(ready).statusCode()).isEqualTo(503);
        assertThat(get(ready).body()).contains("no_model");

        assertThat(take(server, name)).isEqualTo(202);
        shelf.halves.release();
        shelf.half.await();
        assertThat(take(server, name)).isEqualTo(202);
        JsonNode coming = offer(server);
        assertThat(coming.path("state").asString()).isEqualTo("fetching");
        assertThat(coming.path("here").asLong()).isEqualTo(5);
        assertThat(coming.path("error").asString()).isEqualTo("The line is slow.");
        shelf.halves.release();
        awaitState(server, "answering");
        assertThat(get(ready).statusCode()).isEqualTo(200);

        assertThat(answer(server, "\"model\": \"%s\"".formatted(name)).toString())
                .contains("\"31\"");
        assertThat(get(server.url() + "/models").body()).contains("contemplating", name);
        assertThat(shelf.log).containsExactly("fetch " + name, "open " + name);
    }

    @Test
    void what_fails_says_why_and_can_be_tried_again() throws Exception {
        PolymniaServer server = serveNone();
        shelf.fault = new Fault(Fault.Code.UNAVAILABLE, "Nobody has it.");
        shelf.halves.release(4);
        take(server, name);
        awaitState(server, "failed");
        assertThat(offer(server).path("error").asString()).isEqualTo("Nobody has it.");

        shelf.fault = null;
        take(server, name);
        awaitState(server, "answering");
        assertThat(offer(server).path("error").asString()).isEmpty();
    }

    @Test
    void what_is_on_its_way_can_be_stopped_but_not_deleted() throws Exception {
        PolymniaServer server = serveNone();
        take(server, name);
        shelf.halves.release();
        shelf.half.await();
        var refused = delete(offers(server) + "/" + name);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("model_arriving");

        ask("POST", offers(server) + "/" + name + "/cancel", null, null);
        awaitState(server, "absent");
        assertThat(shelf.log).containsExactly("fetch " + name);
    }

    @Test
    void a_model_that_is_deleted_answers_no_more() throws Exception {
        PolymniaServer server = serveChosen();

        assertThat(delete(offers(server) + "/" + name).statusCode()).isEqualTo(200);
        assertThat(state(server)).isEqualTo("absent");
        assertThat(chat(server, "{%s}".formatted(ASKED)).statusCode()).isEqualTo(503);
        assertThat(shelf.log).endsWith("remove " + name);
    }

    @Test
    void a_model_that_cannot_be_deleted_answers_on() throws Exception {
        PolymniaServer server = serveChosen();
        shelf.fault = new Fault(Fault.Code.UNSUPPORTED, "It belongs to the installation.");

        var refused = delete(offers(server) + "/" + name);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("It belongs to the installation.");
        assertThat(state(server)).isEqualTo("answering");
        assertThat(answer(server, "\"model\": \"%s\"".formatted(name)).toString())
                .contains("\"31\"");
    }

    @Test
    void what_cannot_be_is_refused_with_words() throws Exception {
        PolymniaServer server = serveNone();
        var large = ask("POST", offers(server) + "/" + LARGE, null, null);
        assertThat(large.statusCode()).isEqualTo(409);
        assertThat(large.body()).contains("It is too big.");
        var unknown = ask("POST", offers(server) + "/none", null, null);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("There is no model 'none' to be had");
        assertThat(shelf.log).isEmpty();
    }

    @Test
    void a_model_of_the_same_name_at_an_endpoint_is_not_this_machines() throws Exception {
        try (FakeEndpoints there = new FakeEndpoints((_, _) -> Reply.of("From elsewhere."))) {
            there.there.put("http://far.example/v1", List.of(name));
            endpoints = there;
            PolymniaServer server = serveNone();
            shelf.here.add(name);
            String url = server.url().replace("/v1", "/api/endpoints");
            ask("POST", url, null, "{\"url\": \"http://far.example/v1\"}");

            assertThat(state(server)).isEqualTo("here");
            var refused = ask("POST", offers(server) + "/" + name, null, null);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("answers already, at an endpoint");
            assertThat(delete(offers(server) + "/" + name).statusCode()).isEqualTo(200);
            assertThat(answer(server, "\"model\": \"%s\"".formatted(name)).toString())
                    .contains("From elsewhere.");
            server.close();
        }
    }

    @Test
    void a_server_that_ends_stops_what_is_on_its_way() throws Exception {
        PolymniaServer server = serveNone();
        take(server, name);
        shelf.halves.release();
        shelf.half.await();

        server.close();

        assertThat(shelf.here).isEmpty();
        assertThat(shelf.log).containsExactly("fetch " + name);
    }
}
