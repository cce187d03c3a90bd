package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.core.message.Role;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.testkit.Reply;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// People who share a server: what each may do and sees. For each database.
@Timeout(120)
abstract class HouseholdContract extends SharedFixture {
    /// A provider that is gone, so that routes go as far as to ask it.
    @Override
    ServerOptions options(ServerOptions usual) {
        return usual.withOpenId(
                new OpenIdOptions("http://127.0.0.1:1", "polymnia", "", "name", null));
    }

    @Test
    void nobody_needs_a_key_until_there_is_an_owner() throws Exception {
        open((_, _) -> Reply.of(LEFT));
        assertThat(status("GET", v1("/models"), null, null)).isEqualTo(200);
        assertThat(status("POST", api("/people"), null, "{\"name\": \"Ben\"}")).isEqualTo(409);

        JsonNode begun = made(ask("POST", api("/owner"), null, "{\"name\": \"Ada\"}"));
        String secret = begun.at("/key/secret").asString();

        assertThat(status("GET", v1("/models"), null, null)).isEqualTo(401);
        assertThat(status("GET", v1("/models"), secret + "x", null)).isEqualTo(401);
        assertThat(ok("GET", api("/me"), secret, null).at("/person/name").asString())
                .isEqualTo("Ada");
        assertThat(status("POST", api("/owner"), secret, "{\"name\": \"Eve\"}")).isEqualTo(409);
        assertThat(begun.at("/key").toString()).contains(secret.substring(0, 15));
        assertThat(ok("GET", api("/people/" + id(begun) + "/keys"), secret, null).toString())
                .doesNotContain(secret)
                .contains("\"used\":");
    }

    private static String id(JsonNode begun) {
        return begun.at("/person/id").asString();
    }

    @Test
    void the_operator_gets_in_beside_all_others() throws Exception {
        share((_, _) -> Reply.of(LEFT));

        assertThat(ok("GET", api("/me"), OPERATOR, null).get("person").isNull()).isTrue();
        assertThat(ok("GET", api("/people"), OPERATOR, null).get("data")).hasSize(1);
    }

    @Test
    void runs_and_responses_are_seen_by_whose_they_are() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Ben", "member");
        String manages = key(ben, ", \"manages\": true");
        String program = key(ben, "");
        String other = key(ben, "");
        JsonNode response =
                ok(
                        "POST",
                        v1("/responses"),
                        program,
                        "{\"model\": \"instant\", \"input\": \"How many?\"}");
        String id = response.get("id").asString();

        for (String key : List.of(program, manages)) {
            assertThat(ok("GET", v1("/responses/" + id), key, null)).isEqualTo(response);
            assertThat(ok("GET", v1("/runs/" + id), key, null).get("id").asString()).isEqualTo(id);
            assertThat(ok("GET", v1("/runs"), key, null).get("data")).hasSize(1);
        }
        for (String key : List.of(owner(), other, OPERATOR)) {
            assertThat(ok("GET", v1("/runs"), key, null).get("data")).isEmpty();
            HttpResponse<String> gone =
                    ask(
                            "POST",
                            v1("/responses"),
                            key,
                            "{\"model\": \"instant\", \"input\": \"Sure?\","
                                    + " \"previous_response_id\": \"%s\"}".formatted(id));
            assertThat(gone.statusCode()).isEqualTo(400);
            for (JsonNode route : routes("{id}")) {
                String path = route.get("path").asString().replace("{id}", id);
                String method = route.get("method").asString();
                assertThat(
                                status(
                                        method,
                                        v1(path.substring("/v1".length())),
                                        key,
                                        method.equals("POST") ? "{}" : null))
                        .as(method + " " + path)
                        .isEqualTo(404);
            }
        }
        assertThat(ok("GET", v1("/responses/" + id), program, null)).isEqualTo(response);
    }

    /// Somebody else who shows the ids of its calls is answered as with ids that nobody knows.
    @Test
    void a_run_that_waits_goes_on_for_its_person_alone() throws Exception {
        share((request, _) ->
                request.prompt().messages().getLast().role() == Role.TOOL
                        ? Reply.of(LEFT)
                        : Reply.of("Let me see.").calling("look", "{}"));
        String ben = person("Ben", "member");
        String bens = key(ben, "");
        String cleos = key(person("Cleo", "member"), "");
        String asked =
                "{\"model\": \"instant\", \"tools\": [{\"type\": \"function\", \"function\":"
                    + " {\"name\": \"look\"}}], \"messages\": [{\"role\": \"user\", \"content\":"
                    + " \"How many?\"}%s]}";
        JsonNode first = ok("POST", v1("/chat/completions"), bens, asked.formatted(""));
        JsonNode call = first.at("/choices/0/message/tool_calls/0");
        String results =
                asked.formatted(
                        ", %s, {\"role\": \"tool\", \"tool_call_id\": %s, \"content\": \"31\"}"
                                .formatted(first.at("/choices/0/message"), call.get("id")));

        JsonNode stranger = ok("POST", v1("/chat/completions"), cleos, results);
        JsonNode unknown =
                ok(
                        "POST",
                        v1("/chat/completions"),
                        cleos,
                        results.replace(call.get("id").asString(), "call-nobody-knows-0"));
        // Another program of the same person may.
        JsonNode own = ok("POST", v1("/chat/completions"), key(ben, ""), results);

        // What a run has spent counts from its beginning.
        assertThat(spent(own))
                .isEqualTo(
                        first.at("/usage/completion_tokens").asLong()
                                + own.at("/usage/completion_tokens").asLong());
        for (JsonNode each : List.of(stranger, unknown)) {
            assertThat(each.at("/choices/0/message/content").asString()).isEqualTo(LEFT);
            assertThat(spent(each)).isEqualTo(each.at("/usage/completion_tokens").asLong());
        }
        // Those that began anew are runs of hers; what went on has the name that it had.
        for (JsonNode each : List.of(stranger, unknown)) {
            assertThat(status("GET", v1("/runs/" + each.get("id").asString()), cleos, null))
                    .isEqualTo(200);
        }
        String manages = key(ben, ", \"manages\": true");
        assertThat(status("GET", v1("/runs/" + first.get("id").asString()), manages, null))
                .isEqualTo(200);
        assertThat(status("GET", v1("/runs/" + own.get("id").asString()), manages, null))
                .isEqualTo(404);
    }

    private static long spent(JsonNode answer) {
        return answer.at("/polymnia/ledger/entries")
                .valueStream()
                .mapToLong(agent -> agent.get("generated").asLong())
                .sum();
    }

    /// Returns the routes whose path has a part, each with its method, path and access.
    List<JsonNode> routes(String part) throws Exception {
        JsonNode document = ok("GET", api("/openapi.json").replace("/api/", "/"), owner(), null);
        List<JsonNode> routes = new ArrayList<>();
        for (var path : document.get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (path.getKey().contains(part)) {
                    routes.add(
                            RunJson.object()
                                    .put("path", path.getKey())
                                    .put("method", method.getKey().toUpperCase(Locale.ROOT))
                                    .put("access", method.getValue().get("x-access").asString()));
                }
            }
        }
        assertThat(routes).hasSizeGreaterThan(5);
        return routes;
    }

    /// Every route, asked by everybody, of one's own and of another's.
    @Test
    void each_route_is_for_those_alone_that_it_is_for() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Ben", "member");
        String cleo = person("Cleo", "member");
        String gus = person("Gus", "guest");
        record Asking(String who, @Nullable String key, @Nullable String person, boolean owns) {}
        List<Asking> all =
                List.of(
                        new Asking("nobody", null, null, false),
                        new Asking("owner", key(ownId(), ", \"manages\": true"), ownId(), true),
                        new Asking("owner's program", key(ownId(), ""), null, false),
                        new Asking("member", key(ben, ", \"manages\": true"), ben, false),
                        new Asking("member's program", key(ben, ""), null, false),
                        new Asking("guest", key(gus, ", \"manages\": true"), gus, false));
        int asked = 0;
        for (JsonNode route : routes("/")) {
            String path = route.get("path").asString();
            String method = route.get("method").asString();
            for (Asking asking : all) {
                for (String whose :
                        asking.person() == null ? List.of(cleo) : List.of(cleo, asking.person())) {
                    if (method.equals("DELETE")
                            && (asking.owns() || whose.equals(asking.person()))
                            && path.endsWith("{person}")) {
                        // It would be done.
                        whose = "person-none";
                    }
                    boolean may =
                            switch (route.get("access").asString()) {
                                case "anybody" -> true;
                                case "client" -> asking.key() != null;
                                case "own" -> asking.key() != null && asking.person() != null;
                                case "person" -> whose.equals(asking.person());
                                case "self" -> asking.owns() || whose.equals(asking.person());
                                case "owner" -> asking.owns();
                                default -> throw new AssertionError(route);
                            };
                    int status =
                            status(
                                    method,
                                    v1("").replace("/v1", "")
                                            + path.replace("{person}", whose)
                                                    .replaceAll("\\{\\w+}", "none"),
                                    asking.key(),
                                    method.matches("GET|DELETE") ? null : "{}");
                    boolean guestsKey =
                            asking.who().equals("guest")
                                    && method.equals("POST")
                                    && path.endsWith("/keys");
                    assertThat(status != 401 && status != 403)
                            .as("%s %s %s for %s: %d", asking.who(), method, path, whose, status)
                            .isEqualTo(may && !guestsKey);
                    assertThat(status).isNotEqualTo(500);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(250);
    }

    @Test
    void a_key_is_for_what_its_scope_says() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Ben", "member");
        String instant = key(ben, ", \"modes\": [\"instant\"], \"tools\": false");
        String embeds = key(ben, ", \"models\": [\"%s\"]".formatted(embedder.name()));
        String tool = ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"add\"}}]";

        assertThat(chat(instant, "").statusCode()).isEqualTo(200);
        assertThat(chat(instant, ", \"polymnia\": {\"mode\": \"thinking\"}").statusCode())
                .isEqualTo(403);
        assertThat(chat(instant, tool).statusCode()).isEqualTo(403);
        assertThat(
                        status(
                                "POST",
                                v1("/runs"),
                                instant,
                                "{\"model\": \"thinking\", %s}".formatted(ASKED)))
                .isEqualTo(403);
        HttpResponse<String> refused = chat(embeds, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused.body()).at("/error/code").asString()).isEqualTo("key_scope");
        assertThat(
                        status(
                                "POST",
                                v1("/embeddings"),
                                embeds,
                                "{\"model\": \"%s\", \"input\": \"x\"}".formatted(embedder.name())))
                .isEqualTo(200);
        assertThat(
                        status(
                                "POST",
                                api("/people/" + ben + "/keys"),
                                owner(),
                                "{\"name\": \"x\", \"models\": [\"none\"]}"))
                .isEqualTo(404);
    }

    @Test
    void a_key_that_is_deleted_or_has_ended_lets_nobody_in() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Ben", "member");
        long soon = Instant.now().getEpochSecond() + 3600;
        String kept = key(ben, ", \"expires\": " + soon);
        assertThat(status("GET", v1("/models"), kept, null)).isEqualTo(200);
        assertThat(
                        status(
                                "POST",
                                api("/people/" + ben + "/keys"),
                                owner(),
                                "{\"name\": \"x\", \"expires\": 1000}"))
                .isEqualTo(400);

        String id =
                ok("GET", api("/people/" + ben + "/keys"), owner(), null)
                        .at("/data/0/id")
                        .asString();
        ok("DELETE", api("/people/" + ben + "/keys/" + id), owner(), null);

        assertThat(status("GET", v1("/models"), kept, null)).isEqualTo(401);
    }

    @Test
    void a_person_is_erased_with_all_that_is_theirs() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        share((request, branch) ->
                request.toString().contains("forever")
                        ? silent(begun).reply(request, branch)
                        : Reply.of(TEN));
        String ben = person("Ben", "member");
        String key = key(ben, "");
        ok("POST", v1("/responses"), key, "{\"model\": \"instant\", \"input\": \"How many?\"}");
        JsonNode atWork =
                ok(
                        "POST",
                        v1("/runs"),
                        key,
                        "{\"model\": \"instant\", \"messages\": [{\"role\": \"user\", \"content\":"
                                + " \"forever\"}]}");
        begun.await();

        ok("DELETE", api("/people/" + ben), owner(), null);

        assertThat(status("GET", v1("/models"), key, null)).isEqualTo(401);
        assertThat(status("GET", api("/people/" + ben), owner(), null)).isEqualTo(404);
        assertThat(requireNonNull(store).runs().find(atWork.get("id").asString())).isEmpty();
        JsonNode usage = ok("GET", api("/usage?by=person"), owner(), null).get("data");
        assertThat(usage).hasSize(1);
        assertThat(usage.at("/0/person").asString()).isEmpty();
        assertThat(usage.at("/0/generated").asLong()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void people_erase_themselves_and_nobody_else() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String ben = person("Ben", "member");
        String gus = person("Gus", "guest");
        String key = key(ben, ", \"manages\": true");
        String program = key(ben, "");

        assertThat(status("DELETE", api("/people/" + gus), key, null)).isEqualTo(403);
        assertThat(status("DELETE", api("/people/" + ben), program, null)).isEqualTo(403);
        ok("DELETE", api("/people/" + ben), key, null);

        assertThat(status("GET", v1("/models"), key, null)).isEqualTo(401);
        assertThat(status("GET", v1("/models"), program, null)).isEqualTo(401);
        assertThat(status("GET", api("/people/" + ben), owner(), null)).isEqualTo(404);
        assertThat(status("GET", api("/people/" + gus), owner(), null)).isEqualTo(200);
    }

    @Test
    void there_is_always_an_owner() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String self = api("/people/" + ownId());

        assertThat(status("DELETE", self, owner(), null)).isEqualTo(400);
        assertThat(status("PATCH", self, owner(), "{\"role\": \"member\"}")).isEqualTo(400);
        assertThat(ok("GET", api("/me"), owner(), null).at("/person/role").asString())
                .isEqualTo("owner");
        String ben = person("Ben", "owner");
        ok("PATCH", self, owner(), "{\"role\": \"member\"}");

        assertThat(status("GET", api("/people"), owner(), null)).isEqualTo(403);
        assertThat(status("GET", api("/people/" + ben), owner(), null)).isEqualTo(403);
    }

    @Test
    void no_two_names_are_taken_for_each_other() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        person("Zoë", "member");

        for (String name : List.of("ZOË", "Zoe\\u0308", "\\uff3a\\u006f\\u00eb", " zoë ")) {
            assertThat(
                            status(
                                    "POST",
                                    api("/people"),
                                    owner(),
                                    "{\"name\": \"%s\"}".formatted(name)))
                    .as(name)
                    .isEqualTo(400);
        }
        for (String name : List.of("", "\\u200b", "A\\u0430a", "x\\u0000", "x".repeat(61))) {
            HttpResponse<String> refused =
                    ask("POST", api("/people"), owner(), "{\"name\": \"%s\"}".formatted(name));
            assertThat(refused.statusCode()).as(name).isEqualTo(400);
            assertThat(json(refused.body()).at("/error/param").asString()).isEqualTo("name");
        }
        for (String name : List.of("愛子 さくら", "Иван", "مريم", "Ana-María O'Neil")) {
            person(name, "guest");
        }
    }

    @Test
    void what_no_name_has_is_nowhere() throws Exception {
        share((_, _) -> Reply.of(LEFT));

        for (String path : List.of("/people/%00", "/people/x%00/keys", "/conversations/a%07b")) {
            assertThat(status("GET", api(path), owner(), null)).as(path).isBetween(400, 404);
        }
        assertThat(status("GET", v1("/runs/%00"), owner(), null)).isBetween(400, 404);
        assertThat(status("GET", v1("/runs?after=%00"), owner(), null)).isEqualTo(400);
    }
}
