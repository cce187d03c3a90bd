package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.Reply;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Whether there is news, and who was faster. For each database.
@Timeout(120)
abstract class TagContract extends SharedFixture {
    private static final String READ = "If-None-Match";
    private static final String UNCHANGED = "If-Match";
    private static final String LIMIT =
            "{\"quotas\": [{\"resource\": \"tokens\", \"per\": \"day\", \"limit\": %d}]}";

    private String ben = "";
    private String key = "";

    @BeforeEach
    void begin() throws Exception {
        share((_, _) -> Reply.of(TEN));
        ben = person("Ben", "member");
        key = key(ben, ", \"manages\": true");
    }

    /// Something that has a tag, and how it is changed.
    ///
    /// @param key of who may
    /// @param change with a place for a number
    private record Thing(String path, String key, String method, String change) {}

    /// Returns one of each kind.
    private List<Thing> things() throws Exception {
        String talk = made("/conversations", key, "{\"title\": \"Birds\"}");
        String memory = made("/people/" + ben + "/memories", key, "{\"text\": \"Eats no meat\"}");
        String group = made("/groups", owner(), "{\"name\": \"Children\", \"people\": []}");
        String program =
                ok("GET", api("/people/" + ben + "/keys"), owner(), null)
                        .at("/data/0/id")
                        .asString();
        return List.of(
                new Thing("/conversations/" + talk, key, "PATCH", "{\"title\": \"Birds %d\"}"),
                new Thing(
                        "/people/" + ben + "/memories/" + memory,
                        key,
                        "PATCH",
                        "{\"text\": \"Eats %d\"}"),
                new Thing("/groups/" + group, owner(), "PATCH", "{\"name\": \"Group %d\"}"),
                new Thing("/people/" + ben, owner(), "PATCH", "{\"name\": \"Ben %d\"}"),
                new Thing("/groups/" + group + "/quotas", owner(), "PUT", LIMIT),
                new Thing("/people/" + ben + "/keys/" + program + "/quotas", owner(), "PUT", LIMIT),
                new Thing("/people/" + ben + "/quotas", owner(), "PUT", LIMIT));
    }

    private String made(String path, String secret, String body) throws Exception {
        return made(ask("POST", api(path), secret, body)).get("id").asString();
    }

    private String tag(String path, String secret) throws Exception {
        HttpResponse<String> told = ask("GET", api(path), secret, null);
        assertThat(told.statusCode()).as(path).isEqualTo(200);
        return tag(told);
    }

    private static String tag(HttpResponse<String> told) {
        return told.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void what_the_client_has_is_not_sent_again() throws Exception {
        for (Thing thing : things()) {
            HttpResponse<String> first = ask("GET", api(thing.path()), thing.key(), null);
            String tag = tag(first);

            for (String sent : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
                HttpResponse<String> second =
                        ask("GET", api(thing.path()), thing.key(), null, READ, sent);
                assertThat(second.statusCode()).as(thing + " " + sent).isEqualTo(304);
                assertThat(second.body()).isEmpty();
                assertThat(tag(second)).isEqualTo(tag);
                assertThat(second.headers().firstValue("Cache-Control")).contains("no-store");
            }
            HttpResponse<String> changed =
                    ask(
                            thing.method(),
                            api(thing.path()),
                            thing.key(),
                            thing.change().formatted(7));
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            HttpResponse<String> news = ask("GET", api(thing.path()), thing.key(), null, READ, tag);

            assertThat(news.statusCode()).as(thing.path()).isEqualTo(200);
            assertThat(tag(news)).isEqualTo(tag(changed)).isNotEqualTo(tag);
        }
    }

    @Test
    void a_list_is_sent_again_when_something_in_it_has_changed() throws Exception {
        things();
        for (String path :
                List.of("/conversations", "/people", "/groups", "/people/" + ben + "/memories")) {
            boolean own = path.contains("conv") || path.contains("mem");
            String secret = own ? key : owner();
            String tag = tag(path, secret);
            assertThat(ask("GET", api(path), secret, null, READ, tag).statusCode()).isEqualTo(304);
        }
        String talks = tag("/conversations", key);
        String memories = tag("/people/" + ben + "/memories", key);
        made("/conversations", key, "{}");
        ok("PUT", api("/people/" + ben + "/memories"), key, "{\"on\": false}");

        assertThat(tag("/conversations", key)).isNotEqualTo(talks);
        assertThat(tag("/people/" + ben + "/memories", key)).isNotEqualTo(memories);
        assertThat(
                        ask(
                                        "PUT",
                                        api("/people/" + ben + "/memories"),
                                        key,
                                        "{\"on\": true}",
                                        UNCHANGED,
                                        memories)
                                .statusCode())
                .isEqualTo(412);
    }

    @Test
    void of_many_who_change_what_they_read_one_does_so() throws Exception {
        for (Thing thing : things()) {
            String tag = tag(thing.path(), thing.key());
            CountDownLatch ready = new CountDownLatch(8);
            List<Callable<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String body = thing.change().formatted(i);
                all.add(() -> {
                    ready.countDown();
                    ready.await();
                    return ask(
                            thing.method(), api(thing.path()), thing.key(), body, UNCHANGED, tag);
                });
            }
            List<HttpResponse<String>> done = new ArrayList<>();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<HttpResponse<String>> each : clients.invokeAll(all)) {
                    done.add(each.get());
                }
            }

            assertThat(done)
                    .as(thing.path())
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(200, 412)
                    .containsOnlyOnce(200);
            HttpResponse<String> winner =
                    done.stream()
                            .filter(each -> each.statusCode() == 200)
                            .findFirst()
                            .orElseThrow();
            HttpResponse<String> other =
                    done.stream()
                            .filter(each -> each.statusCode() == 412)
                            .findFirst()
                            .orElseThrow();
            assertThat(tag(thing.path(), thing.key())).isEqualTo(tag(winner));
            assertThat(json(other.body()).at("/error/code").asString())
                    .isEqualTo("changed_meanwhile");
            assertThat(json(other.body()).at("/error/message").asString())
                    .contains(tag, "read it again");
        }
    }

    @Test
    void nobody_removes_what_they_have_not_read() throws Exception {
        for (Thing thing : things()) {
            if (!thing.method().equals("PATCH")) {
                continue;
            }
            String tag = tag(thing.path(), thing.key());
            ok("PATCH", api(thing.path()), thing.key(), thing.change().formatted(1));

            assertThat(remove(thing, tag)).as(thing.path()).isEqualTo(412);
            assertThat(remove(thing, tag(thing.path(), thing.key()))).isEqualTo(200);
            assertThat(remove(thing, "*")).isIn(403, 404);
        }
    }

    private int remove(Thing thing, String tag) throws Exception {
        return ask("DELETE", api(thing.path()), thing.key(), null, UNCHANGED, tag).statusCode();
    }

    @Test
    void what_is_said_keeps_nobody_from_giving_a_title_but_from_removing_it() throws Exception {
        String path = "/conversations/" + made("/conversations", key, "{\"title\": \"Birds\"}");
        String before = tag(path, key);
        JsonNode told =
                ok(
                        "POST",
                        api(path + "/messages"),
                        key,
                        "{\"model\": \"instant\", \"text\": \"What is a heron?\"}");
        ask("GET", v1("/runs/" + told.at("/run/id").asString() + "/events"), key, null);

        assertThat(ask("GET", api(path), key, null, READ, before).statusCode()).isEqualTo(200);
        assertThat(ask("DELETE", api(path), key, null, UNCHANGED, before).statusCode())
                .isEqualTo(412);
        HttpResponse<String> titled =
                ask("PATCH", api(path), key, "{\"title\": \"Herons\"}", UNCHANGED, before);

        assertThat(titled.statusCode()).isEqualTo(200);
        assertThat(tag(path, key)).isEqualTo(tag(titled));
        assertThat(
                        ask("PATCH", api(path), key, "{\"pinned\": true}", UNCHANGED, before)
                                .statusCode())
                .isEqualTo(412);
    }

    @Test
    void what_is_spent_keeps_nobody_from_setting_a_quota() throws Exception {
        String path = "/people/" + ben + "/quotas";
        limit(ben, "\"resource\": \"tokens\", \"per\": \"day\", \"limit\": 100");
        String before = tag(path, owner());
        chat(key, "");

        assertThat(ask("GET", api(path), owner(), null, READ, before).statusCode()).isEqualTo(200);
        assertThat(
                        ask("PUT", api(path), owner(), LIMIT.formatted(50), UNCHANGED, before)
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void no_tag_but_the_right_one_lets_a_change_through() throws Exception {
        String path = api("/people/" + ben);
        String tag = tag("/people/" + ben, owner());
        String half = tag.substring(0, tag.indexOf('.')) + "\"";

        for (String wrong : List.of("x", "\"\"", "\"x\"", tag.substring(1), "\"*\"", "**")) {
            assertThat(ask("PATCH", path, owner(), "{}", UNCHANGED, wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(412);
        }
        for (String right : List.of(tag, "W/" + tag, "\"x\", " + tag, half, "*")) {
            assertThat(ask("PATCH", path, owner(), "{}", UNCHANGED, right).statusCode())
                    .as(right)
                    .isEqualTo(200);
        }
    }

    /// What the document says of tags is so.
    @Test
    void the_document_names_what_has_a_tag() throws Exception {
        List<Thing> things = things();
        JsonNode paths =
                ok("GET", v1("").replace("/v1", "/openapi.json"), owner(), null).get("paths");
        int tagged = 0;
        for (var path : paths.properties()) {
            JsonNode get = path.getValue().path("get");
            if (!path.getKey().startsWith("/api/") || get.isMissingNode()) {
                continue;
            }
            String real = path.getKey().substring("/api".length()).replace("{person}", ben);
            for (Thing thing : things) {
                if (thing.path().matches(pattern(real))) {
                    real = thing.path();
                }
            }
            if (real.contains("{")) {
                continue;
            }
            boolean own = get.get("x-access").asString().matches("own|person");
            HttpResponse<String> told = ask("GET", api(real), own ? key : owner(), null);
            if (told.statusCode() != 200) {
                continue;
            }
            boolean says = get.get("responses").has("304");
            assertThat(told.headers().firstValue("ETag").isPresent()).as(real).isEqualTo(says);
            tagged += says ? 1 : 0;
            for (String method : List.of("patch", "put")) {
                JsonNode change = path.getValue().path(method);
                if (!change.isMissingNode() && says && !path.getKey().endsWith("leaderboard")) {
                    assertThat(change.get("responses").has("412")).as(real).isTrue();
                }
            }
        }
        assertThat(tagged).isGreaterThanOrEqualTo(10);
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{\\w+}", "[^/]+");
    }
}
