package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.people.Role;
import dev.polymnia.testkit.Reply;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Signing in by an account at a real provider. For each database.
@Timeout(300)
abstract class OpenIdContract extends SharedFixture {
    @RegisterExtension static final NodeProvider PROVIDER = new NodeProvider();

    private @Nullable Role admits;
    private final Browser browser = new Browser(client);

    @BeforeEach
    void open() throws Exception {
        share((_, _) -> Reply.of(LEFT));
        PROVIDER.sendBackTo(api("/openid/callback"));
    }

    @Override
    ServerOptions options(ServerOptions usual) {
        return usual.withOpenId(
                new OpenIdOptions(
                        PROVIDER.issuer(),
                        NodeProvider.CLIENT,
                        NodeProvider.SECRET,
                        "name",
                        admits));
    }

    /// Signs in at the provider and says yes to what it asks, as far as it asks.
    private Browser.Page pass(Browser.Page page, String login) throws Exception {
        Browser.Page next =
                page.body().contains("name=\"login\"")
                        ? browser.submit(
                                page, Map.of("prompt", "login", "login", login, "password", "x"))
                        : page;
        return next.body().contains("value=\"consent\"")
                ? browser.submit(next, Map.of("prompt", "consent"))
                : next;
    }

    /// Begins with an invitation, and goes where that leads.
    private Browser.Page join(String fields) throws Exception {
        return go(browser.fetch("POST", api("/openid"), "{" + fields + "}"));
    }

    private Browser.Page go(HttpResponse<String> begun) throws Exception {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        return browser.openFrom(
                api("").replaceAll("^http://|/api$", ""),
                json(begun.body()).get("location").asString());
    }

    private JsonNode me() throws Exception {
        return json(browser.fetch("GET", api("/me"), null).body());
    }

    private void assertSignedIn(Browser.Page page, String name) throws Exception {
        assertThat(page.address().getPath()).as(page.trail() + page.body()).isEqualTo("/");
        assertThat(me().at("/person/name").asString()).as(page.trail()).isEqualTo(name);
    }

    @Test
    void who_is_invited_comes_in_by_the_provider_and_signs_in_from_then_on() throws Exception {
        String invitation = invite("\"role\": \"guest\"");
        Browser.Page asked = join("\"invitation\": \"%s\"".formatted(invitation));
        assertThat(asked.address().toString()).startsWith(PROVIDER.issuer());

        assertSignedIn(pass(asked, "ben"), "ben of the provider");
        assertThat(me().at("/person/role").asString()).isEqualTo("guest");
        assertThat(me().at("/session/client").asString()).isEqualTo("A browser");
        String ben = me().at("/person/id").asString();
        assertThat(browser.fetch("DELETE", api("/session"), null).statusCode()).isEqualTo(200);
        assertThat(browser.fetch("GET", api("/me"), null).statusCode()).isEqualTo(401);

        // The provider remembers them, and asks nothing more.
        Browser.Page again = browser.open(api("/openid"));
        assertSignedIn(again, "ben of the provider");
        assertThat(again.trail()).contains("/auth?").contains("/api/openid/callback?");
        assertThat(me().at("/person/id").asString()).isEqualTo(ben);
        assertThat(
                        browser.fetch(
                                        "POST",
                                        api("/openid"),
                                        "{\"invitation\": \"%s\"}".formatted(invitation))
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoever_is_invited_may_choose_a_name() throws Exception {
        String invitation = invite("");

        Browser.Page asked =
                join("\"invitation\": \"%s\", \"name\": \"Cleo\"".formatted(invitation));

        assertSignedIn(pass(asked, "cleo"), "Cleo");
    }

    @Test
    void who_was_not_invited_stays_outside() throws Exception {
        Browser.Page page = pass(browser.open(api("/openid")), "eve");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("ask an owner for an invitation");
        assertThat(browser.fetch("GET", api("/me"), null).statusCode()).isEqualTo(401);
        assertThat(ok("GET", api("/people"), owner(), null).get("data")).hasSize(1);
    }

    @Test
    void everybody_comes_in_where_that_is_wanted() throws Exception {
        admits = Role.MEMBER;
        reopen((_, _) -> Reply.of(LEFT));
        PROVIDER.sendBackTo(api("/openid/callback"));
        person("eve of the provider", "guest");

        Browser.Page page = pass(browser.open(api("/openid")), "eve");

        assertSignedIn(page, "eve of the provider 2");
        assertThat(me().at("/person/role").asString()).isEqualTo("member");
        assertThat(ok("GET", api("/sign-in"), owner(), null).at("/openid/admits").asString())
                .isEqualTo("member");
    }

    @Test
    void somebody_with_a_password_links_an_account_and_takes_it_away_again() throws Exception {
        String word = "a horse and a battery";
        JsonNode joined =
                json(
                        browser.fetch(
                                        "POST",
                                        api("/join"),
                                        "{\"invitation\": \"%s\", \"name\": \"Dora\", \"password\": \"%s\"}"
                                                .formatted(invite(""), word))
                                .body());
        String dora = joined.at("/person/id").asString();
        String accounts = api("/people/" + dora + "/openid");

        assertSignedIn(pass(go(browser.fetch("POST", accounts, null)), "dora"), "Dora");
        JsonNode account = json(browser.fetch("GET", accounts, null).body()).at("/data/0");
        assertThat(account.get("subject").asString()).isEqualTo("dora");
        assertThat(account.get("issuer").asString()).isEqualTo(PROVIDER.issuer());
        browser.fetch("DELETE", api("/session"), null);
        assertSignedIn(browser.open(api("/openid")), "Dora");

        String one = accounts + "/" + account.get("id").asString();
        assertThat(browser.fetch("DELETE", one, null).statusCode()).isEqualTo(200);
        browser.fetch("DELETE", api("/session"), null);
        assertThat(browser.open(api("/openid")).status()).isEqualTo(403);
    }

    @Test
    void who_says_no_at_the_provider_is_told_so() throws Exception {
        Browser.Page asked = browser.open(api("/openid"));

        Browser.Page page = browser.open(asked.address() + "/abort");

        assertThat(page.status()).as(page.trail() + page.body()).isEqualTo(403);
        assertThat(page.body()).contains("access_denied");
    }

    @Test
    void a_code_is_good_once() throws Exception {
        Browser.Page asked =
                join("\"invitation\": \"%s\", \"name\": \"Fay\"".formatted(invite("")));
        String attempt = browser.cookie(api(""), "polymnia-openid").orElseThrow();
        Browser.Page page = pass(asked, "fay");
        assertSignedIn(page, "Fay");
        assertThat(browser.cookie(api(""), "polymnia-openid")).isEmpty();
        String callback =
                page.trail().lines().filter(line -> line.contains("/callback?")).findFirst().get();

        assertThat(browser.open(callback).body()).contains("has not begun to sign in");
        browser.setCookie(api(""), "polymnia-openid", attempt);
        Browser.Page replayed = browser.open(callback);

        assertThat(replayed.status()).isEqualTo(400);
        assertThat(replayed.body()).contains("does not take this code");
    }
}
