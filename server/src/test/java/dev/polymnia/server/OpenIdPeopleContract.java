package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Whose an account at a provider is, and what follows from it. For each database.
@Timeout(120)
abstract class OpenIdPeopleContract extends FakeProviderFixture {
    @Test
    void who_comes_back_as_they_went_is_signed_in_and_nothing_secret_is_logged() throws Exception {
        Browser.Page page = signIn();

        assertThat(page.address().getPath()).as(page.trail() + page.body()).isEqualTo("/");
        assertThat(me(browser)).isEqualTo("Ben");
        signIn();
        assertThat(ok("GET", api("/people"), owner(), null).get("data")).hasSize(2);
        assertThat(provider.asked()).isEqualTo(1);
        assertThat(provider.secrets).hasSizeGreaterThan(8);
        assertThat(log).anyMatch(line -> line.contains("/api/openid/callback"));
        for (String secret : provider.secrets) {
            assertThat(log).noneMatch(line -> line.contains(secret));
        }
    }

    @Test
    void the_session_is_for_this_site_alone_and_the_page_leads_on_by_itself() throws Exception {
        String address = begun(api("/openid"));
        String callback = back(address);
        HttpResponse<String> page = browser.fetch("GET", callback, null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("content=\"0; url=/\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        List<String> cookies = page.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(2);
        assertThat(cookies)
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("polymnia=").contains("SameSite=Strict"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith(ATTEMPT + "=;").contains("Max-Age=0"));
        // Not sent along with what another site leads to.
        assertThat(browser.openFrom("elsewhere.example", api("/me")).status()).isEqualTo(401);
        assertThat(browser.open(api("/me")).status()).isEqualTo(200);
    }

    @Test
    void the_name_of_somebody_new_may_be_asked_for() throws Exception {
        provider.claims = builder -> builder;
        assertRefused(signIn(), 403, "does not tell your name");
        provider.userInfo = told -> told.put("sub", "another").put("name", "Eve");
        assertRefused(signIn(), 502, "somebody else");
        provider.userInfo = told -> told.put("name", "A\u0430a <b>");
        assertRefused(signIn(), 400, "&lt;b&gt;");
        provider.userInfo = told -> told.put("name", "Ben");

        signIn();

        assertThat(me(browser)).isEqualTo("Ben");
    }

    @Test
    void an_account_is_one_persons() throws Exception {
        signIn();
        String ben = ok("GET", api("/people"), owner(), null).at("/data/0/id").asString();
        String accounts = api("/people/" + ben + "/openid");
        JsonNode account = json(browser.fetch("GET", accounts, null).body()).at("/data/0");
        Browser other = new Browser(client);
        String invitation = invite("");

        HttpResponse<String> begun =
                other.fetch(
                        "POST",
                        api("/openid"),
                        "{\"invitation\": \"%s\", \"name\": \"Eve\"}".formatted(invitation));
        Browser.Page taken = other.openFrom("", json(begun.body()).get("location").asString());
        assertThat(taken.status()).isEqualTo(400);
        assertThat(taken.body()).contains("Somebody signs in here by this account");
        assertThat(me(other)).isEqualTo("401");
        // The invitation is as good as before.
        provider.subject = "subject-2";
        begun =
                other.fetch(
                        "POST",
                        api("/openid"),
                        "{\"invitation\": \"%s\", \"name\": \"Eve\"}".formatted(invitation));
        other.openFrom("", json(begun.body()).get("location").asString());
        assertThat(me(other)).isEqualTo("Eve");
        // Another's link is nobody else's to see or take.
        assertThat(other.fetch("GET", accounts, null).statusCode()).isEqualTo(403);
        String one = accounts + "/" + account.get("id").asString();
        assertThat(other.fetch("DELETE", one, null).statusCode()).isEqualTo(403);
        assertThat(other.fetch("POST", accounts, null).statusCode()).isEqualTo(403);
        // The only way to sign in is not taken away by mistake; an owner may.
        assertThat(browser.fetch("DELETE", one, null).statusCode()).isEqualTo(409);
        ok("DELETE", one, owner(), null);
        assertThat(json(browser.fetch("GET", accounts, null).body()).get("data")).isEmpty();
    }

    @Test
    void who_lost_a_password_may_come_back_by_an_account() throws Exception {
        String cleo = person("Cleo", "member");
        String invitation = invite("\"person\": \"%s\"".formatted(cleo));
        HttpResponse<String> named =
                browser.fetch(
                        "POST",
                        api("/openid"),
                        "{\"invitation\": \"%s\", \"name\": \"Dora\"}".formatted(invitation));
        assertThat(json(named.body()).at("/error/param").asString()).isEqualTo("name");
        HttpResponse<String> begun =
                browser.fetch(
                        "POST", api("/openid"), "{\"invitation\": \"%s\"}".formatted(invitation));

        browser.openFrom("", json(begun.body()).get("location").asString());

        assertThat(me(browser)).isEqualTo("Cleo");
        assertThat(ok("GET", api("/invitations"), owner(), null).get("data")).isEmpty();
    }

    @Test
    void an_invitation_that_is_gone_by_then_lets_nobody_in() throws Exception {
        String invitation = invite("");
        HttpResponse<String> begun =
                browser.fetch(
                        "POST", api("/openid"), "{\"invitation\": \"%s\"}".formatted(invitation));
        String id = ok("GET", api("/invitations"), owner(), null).at("/data/0/id").asString();
        ok("DELETE", api("/invitations/" + id), owner(), null);

        Browser.Page page = browser.openFrom("", json(begun.body()).get("location").asString());

        assertRefused(page, 404, "no such invitation");
        assertThat(
                        browser.fetch(
                                        "POST",
                                        api("/openid"),
                                        "{\"invitation\": \"%s\"}".formatted(invitation))
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void who_is_erased_or_signed_out_in_between_links_nothing() throws Exception {
        signIn();
        String ben = ok("GET", api("/people"), owner(), null).at("/data/0/id").asString();
        provider.subject = "subject-2";
        HttpResponse<String> begun = browser.fetch("POST", api("/people/" + ben + "/openid"), null);
        String callback = back(json(begun.body()).get("location").asString());
        String cookie = browser.cookie(api(""), ATTEMPT).orElseThrow();
        browser.fetch("DELETE", api("/session"), null);

        assertRefused(browser.open(callback), 401, "not signed in any more");

        provider.subject = "subject-1";
        signIn();
        provider.subject = "subject-2";
        begun = browser.fetch("POST", api("/people/" + ben + "/openid"), null);
        String another = back(json(begun.body()).get("location").asString());
        ok("DELETE", api("/people/" + ben), owner(), null);
        assertRefused(browser.open(another), 401, "not signed in any more");
        // What was begun before can be no more.
        browser.setCookie(api(""), ATTEMPT, cookie);
        assertRefused(browser.open(callback), 400, "does not take this code");
        assertThat(requireNonNull(store).openIds().find(provider.issuer(), "subject-2")).isEmpty();
        assertThat(requireNonNull(store).openIds().find(provider.issuer(), "subject-1")).isEmpty();
    }

    @Test
    void a_key_links_nothing_as_it_is_no_browser() throws Exception {
        HttpResponse<String> refused =
                ask("POST", api("/people/" + ownId() + "/openid"), owner(), null);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()).at("/error/code").asString()).isEqualTo("no_session");
    }

    @Test
    void a_flood_of_attempts_crowds_nobody_out() throws Exception {
        String callback = back(begun(api("/openid")));
        for (int i = 0; i < 300; i++) {
            assertThat(status("GET", api("/openid"), null, null)).isEqualTo(302);
        }

        browser.open(callback);

        assertThat(me(browser)).isEqualTo("Ben");
        assertThat(provider.asked()).isEqualTo(1);
    }

    @Test
    void what_was_done_stands_in_the_audit_log_and_what_is_kept_in_the_export() throws Exception {
        signIn();
        provider.back = address -> address.replace("code=", "code=x");
        new Browser(client).open(api("/openid"));
        // Committed with all that was noted before.
        ok("POST", v1("/runs"), owner(), "{\"model\": \"instant\", %s}".formatted(ASKED));
        JsonNode entries = ok("GET", api("/audit"), owner(), null).get("data");
        List<JsonNode> ended =
                entries.valueStream()
                        .filter(entry ->
                                entry.get("act").asString().equals("GET /api/openid/callback"))
                        .toList();

        assertThat(ended).hasSize(2);
        assertThat(ended.get(1).get("status").asInt()).isEqualTo(200);
        assertThat(ended.get(1).get("actor").asString()).startsWith("somebody-");
        assertThat(ended.get(0).get("status").asInt()).isEqualTo(400);
        assertThat(ended.get(0).get("actor").asString()).isEqualTo("nobody");
        provider.secrets.forEach(secret -> assertThat(entries.toString()).doesNotContain(secret));
        assertThat(takeout()).contains("subject-1").contains(provider.issuer());
    }

    private String takeout() throws Exception {
        String ben =
                json(browser.fetch("GET", api("/me"), null).body()).at("/person/id").asString();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(api("/people/" + ben + "/export")))
                        .header(
                                "Cookie",
                                "polymnia=" + browser.cookie(api(""), "polymnia").orElseThrow())
                        .build();
        byte[] sent = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        Map.Entry<String, byte[]> first = Zips.read(sent).entrySet().iterator().next();
        assertThat(first.getKey()).isEqualTo("person.json");
        return new String(first.getValue(), StandardCharsets.UTF_8);
    }

    @Test
    void a_server_says_how_people_sign_in() throws Exception {
        JsonNode ways = json(get(api("/sign-in")).body());

        assertThat(ways.get("password").asBoolean()).isTrue();
        assertThat(ways.at("/openid/issuer").asString()).isEqualTo(provider.issuer());
        assertThat(ways.at("/openid/host").asString()).isEqualTo("127.0.0.1");
        assertThat(ways.at("/openid/admits").asString()).isEqualTo("guest");
    }
}
