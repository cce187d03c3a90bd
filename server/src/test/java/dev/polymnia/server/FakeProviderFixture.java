package dev.polymnia.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.people.Role;
import dev.polymnia.testkit.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server whose people sign in at a provider that does what a test wants.
abstract class FakeProviderFixture extends SharedFixture {
    static final String ATTEMPT = "polymnia-openid";

    final FakeProvider provider = new FakeProvider();

    final Browser browser = new Browser(client);

    @Nullable String publicUrl;

    @BeforeEach
    void open() throws Exception {
        provider.claims = builder -> builder.claim("name", "Ben");
        share((_, _) -> Reply.of(LEFT));
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    @Override
    ServerOptions options(ServerOptions usual) {
        ServerOptions options =
                usual.withOpenId(
                        new OpenIdOptions(
                                provider.issuer(),
                                FakeProvider.CLIENT,
                                FakeProvider.SECRET,
                                "name",
                                Role.GUEST));
        return publicUrl == null ? options : options.withPublicUrl(publicUrl);
    }

    Browser.Page signIn() throws Exception {
        return browser.open(api("/openid"));
    }

    String me(Browser who) throws Exception {
        HttpResponse<String> me = who.fetch("GET", api("/me"), null);
        return me.statusCode() == 200
                ? json(me.body()).at("/person/name").asString()
                : String.valueOf(me.statusCode());
    }

    void assertRefused(Browser.Page page, int status, String words) throws Exception {
        assertThat(page.status()).as(page.trail() + page.body()).isEqualTo(status);
        assertThat(page.body()).contains(words).contains("<p><a href=\"/\">Back</a></p>");
        assertThat(page.response().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/html");
        assertThat(me(browser)).isEqualTo("401");
        provider.secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .forEach(secret -> assertThat(page.body()).doesNotContain(secret));
    }

    /// Begins, and returns the address at the provider.
    String begun(String url) throws Exception {
        HttpResponse<String> begun = browser.fetch("GET", url, null);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("; HttpOnly; SameSite=Lax").contains("Max-Age=600");
        return begun.headers().firstValue("Location").orElseThrow();
    }

    /// Returns where the provider sends back whoever comes to an address.
    String back(String address) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }
}
