package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.testkit.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// How people are invited and sign in. For each database.
@Timeout(120)
abstract class SigningInContract extends SharedFixture {
    private static final String WORD = "a horse and a battery";

    /// Sends a request as a browser does.
    ///
    /// @param cookie null for none
    /// @param origin null for none
    private HttpResponse<String> browse(
            String method,
            String url,
            @Nullable String cookie,
            @Nullable String origin,
            String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("User-Agent", "A browser\u00e9")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String origin() {
        return v1("").replace("/v1", "");
    }

    private static String cookie(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String set = response.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=");
        return set.substring(0, set.indexOf(';'));
    }

    private HttpResponse<String> join(String invitation, String name, String password)
            throws Exception {
        return browse(
                "POST",
                api("/join"),
                null,
                origin(),
                "{\"invitation\": \"%s\", \"name\": \"%s\", \"password\": \"%s\"}"
                        .formatted(invitation, name, password));
    }

    private HttpResponse<String> signIn(String name, String password) throws Exception {
        return browse(
                "POST",
                api("/session"),
                null,
                origin(),
                "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
    }

    private String me(String cookie) throws Exception {
        HttpResponse<String> me = browse("GET", api("/me"), cookie, null, "");
        return me.statusCode() == 200
                ? json(me.body()).at("/person/id").asString()
                : String.valueOf(me.statusCode());
    }

    @Test
    void who_is_invited_joins_once_and_signs_in_from_then_on() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String invitation = invite("\"role\": \"guest\"");
        HttpResponse<String> joined = join(invitation, "Ben", WORD);
        String ben = json(joined.body()).at("/person/id").asString();

        assertThat(json(joined.body()).at("/person/role").asString()).isEqualTo("guest");
        assertThat(json(joined.body()).at("/session/client").asString()).startsWith("A browser");
        assertThat(me(cookie(joined))).isEqualTo(ben);
        assertThat(join(invitation, "Eve", WORD).statusCode()).isEqualTo(404);
        assertThat(join("polymnia-guessed", "Eve", WORD).statusCode()).isEqualTo(404);
        assertThat(me(cookie(signIn(" BEN ", WORD)))).isEqualTo(ben);
        HttpResponse<String> wrong = signIn("Ben", WORD + "x");
        HttpResponse<String> nobody = signIn("Eve", WORD);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body()).isEqualTo(wrong.body());
        // The owner has a key and no password.
        assertThat(signIn("Ada", WORD).statusCode()).isEqualTo(401);
        assertThat(ask("GET", api("/people/" + ben), owner(), null).body())
                .doesNotContain("argon2");
    }

    @Test
    void what_is_wrong_with_joining_leaves_the_invitation() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String invitation = invite("");

        for (String password :
                List.of(
                        "short",
                        "password1234",
                        "aaaaaaaaaaaaa",
                        "my name is Benjamin!",
                        "x".repeat(129))) {
            HttpResponse<String> refused = join(invitation, "Benjamin", password);
            assertThat(refused.statusCode()).as(password).isEqualTo(400);
            assertThat(json(refused.body()).at("/error/param").asString()).isEqualTo("password");
            assertThat(refused.body()).doesNotContain(password);
        }
        assertThat(join(invitation, "Ada", WORD).statusCode()).isEqualTo(400);
        assertThat(join(invitation, "", WORD).statusCode()).isEqualTo(400);

        assertThat(join(invitation, "Benjamin", WORD).statusCode()).isEqualTo(201);
    }

    @Test
    void an_invitation_is_taken_back_and_can_be_for_somebody_who_lost_a_password()
            throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String taken = invite("\"role\": \"owner\"");
        JsonNode listed = ok("GET", api("/invitations"), owner(), null).at("/data/0");
        assertThat(listed.toString()).doesNotContain(taken);
        ok("DELETE", api("/invitations/" + listed.get("id").asString()), owner(), null);
        assertThat(join(taken, "Eve", WORD).statusCode()).isEqualTo(404);
        String ben = person("Ben", "member");
        String again = invite("\"person\": \"%s\"".formatted(ben));

        HttpResponse<String> joined =
                browse(
                        "POST",
                        api("/join"),
                        null,
                        null,
                        "{\"invitation\": \"%s\", \"password\": \"%s\"}".formatted(again, WORD));

        assertThat(me(cookie(joined))).isEqualTo(ben);
        assertThat(me(cookie(signIn("Ben", WORD)))).isEqualTo(ben);
        assertThat(status("POST", api("/invitations"), owner(), "{\"person\": \"none\"}"))
                .isEqualTo(404);
    }

    @Test
    void a_page_from_elsewhere_cannot_use_a_session() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        String cookie = cookie(join(invite(""), "Ben", WORD));
        String body = "{\"model\": \"instant\", %s}".formatted(ASKED);
        String url = v1("/chat/completions");

        for (String origin : List.of("http://evil.example", "null", origin() + ".evil.example")) {
            assertThat(browse("POST", url, cookie, origin, body).statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(browse("POST", url, cookie, null, body).statusCode()).isEqualTo(403);
        assertThat(browse("DELETE", api("/session"), cookie, null, "").statusCode()).isEqualTo(403);
        JsonNode answer = json(browse("POST", url, cookie, origin(), body).body());
        String run = v1("/runs/" + answer.get("id").asString());
        // Waits until the run is committed, which its client does not.
        assertThat(browse("GET", run, cookie, null, "").statusCode()).isEqualTo(200);
        JsonNode runs = json(browse("GET", v1("/runs"), cookie, null, "").body()).get("data");
        assertThat(runs).hasSize(1);
        assertThat(ok("GET", v1("/runs"), owner(), null).get("data")).isEmpty();
    }

    @Test
    void who_signs_out_is_out() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        HttpResponse<String> joined = join(invite(""), "Ben", WORD);
        String ben = json(joined.body()).at("/person/id").asString();
        String first = cookie(joined);
        String second = cookie(signIn("Ben", WORD));
        String third = cookie(signIn("Ben", WORD));
        String sessions = api("/people/" + ben + "/sessions");
        assertThat(json(browse("GET", sessions, first, null, "").body()).get("data")).hasSize(3);

        HttpResponse<String> out = browse("DELETE", api("/session"), first, origin(), "");
        assertThat(out.statusCode()).isEqualTo(200);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(me(first)).isEqualTo("401");
        assertThat(me(second)).isEqualTo(ben);
        String id =
                json(browse("GET", sessions, second, null, "").body()).at("/data/0/id").asString();
        browse("DELETE", sessions + "/" + id, third, origin(), "");
        assertThat(me(second)).isEqualTo("401");
        browse("DELETE", sessions, third, origin(), "");

        assertThat(me(third)).isEqualTo("401");
        assertThat(status("DELETE", api("/session"), owner(), null)).isEqualTo(400);
    }

    @Test
    void a_session_that_ends_leaves_a_stream_that_has_begun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        share((_, _) -> {
            begun.countDown();
            await(ended);
            return Reply.of(LEFT);
        });
        HttpResponse<String> joined = join(invite(""), "Ben", WORD);
        String ben = json(joined.body()).at("/person/id").asString();
        String cookie = cookie(joined);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> stream =
                    clients.submit(() ->
                            browse(
                                    "POST",
                                    v1("/chat/completions"),
                                    cookie,
                                    origin(),
                                    "{\"model\": \"instant\", \"stream\": true, %s}"
                                            .formatted(ASKED)));
            begun.await();
            browse("DELETE", api("/people/" + ben + "/sessions"), cookie, origin(), "");
            assertThat(me(cookie)).isEqualTo("401");
            ended.countDown();

            assertThat(stream.get().statusCode()).isEqualTo(200);
            assertThat(stream.get().body()).contains("31", "data: [DONE]");
        }
    }

    @Test
    void a_new_password_ends_all_other_sessions() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        HttpResponse<String> joined = join(invite(""), "Ben", WORD);
        String ben = json(joined.body()).at("/person/id").asString();
        String first = cookie(joined);
        String second = cookie(signIn("Ben", WORD));
        String url = api("/people/" + ben + "/password");
        String other = "another horse, no battery";
        String change = "{\"password\": \"%s\", \"current\": \"%s\"}";

        assertThat(
                        browse("PUT", url, first, origin(), change.formatted(other, "not this one"))
                                .statusCode())
                .isEqualTo(401);
        assertThat(
                        browse(
                                        "PUT",
                                        url,
                                        first,
                                        origin(),
                                        "{\"password\": \"%s\"}".formatted(other))
                                .statusCode())
                .isEqualTo(400);
        assertThat(status("PUT", url, owner(), change.formatted(other, WORD))).isEqualTo(403);
        String changed = cookie(browse("PUT", url, first, origin(), change.formatted(other, WORD)));

        assertThat(me(changed)).isEqualTo(ben);
        assertThat(me(first)).isEqualTo("401");
        assertThat(me(second)).isEqualTo("401");
        assertThat(signIn("Ben", WORD).statusCode()).isEqualTo(401);
        assertThat(signIn("Ben", other).statusCode()).isEqualTo(201);
        // Who has none yet chooses one with a key.
        String self = api("/people/" + ownId() + "/password");
        assertThat(status("PUT", self, owner(), "{\"password\": \"%s\"}".formatted(WORD)))
                .isEqualTo(201);
        assertThat(signIn("Ada", WORD).statusCode()).isEqualTo(201);
    }
}
