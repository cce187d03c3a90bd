package dev.polymnia.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.polymnia.testkit.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// Signing in by an account at a provider that does what it should not, and as somebody who does.
/// For each database.
@Timeout(120)
abstract class OpenIdFaultContract extends FakeProviderFixture {
    @Test
    void nobody_ends_what_another_browser_began() throws Exception {
        String callback = back(begun(api("/openid")));
        Browser other = new Browser(client);

        Browser.Page without = other.open(callback);
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.body()).contains("has not begun to sign in");
        other.fetch("GET", api("/openid"), null);
        Browser.Page another = other.open(callback);
        assertThat(another.status()).isEqualTo(400);
        assertThat(another.body()).contains("another attempt");
        assertThat(me(other)).isEqualTo("401");
        assertThat(other.cookie(api(""), ATTEMPT)).isEmpty();

        browser.open(callback);
        assertThat(me(browser)).isEqualTo("Ben");
    }

    @Test
    void what_comes_back_changed_lets_nobody_in() throws Exception {
        Map<UnaryOperator<String>, String> changes = new LinkedHashMap<>();
        changes.put(address -> address.replace("state=", "state=x"), "another attempt");
        changes.put(address -> address.replaceAll("&state=[^&]*", ""), "another attempt");
        changes.put(address -> address.replaceAll("code=[^&]*&", ""), "without a code");
        changes.put(address -> address.replaceAll("code=[^&]*&", "code=&"), "without a code");
        changes.put(address -> address.replace("code=", "code=x"), "does not take this code");
        changes.put(address -> address.replaceAll("&iss=[^&]*", ""), "sent you back here (iss)");
        changes.put(address -> address + ".evil.example", "sent you back here (iss)");
        changes.put(
                address -> address.replaceAll("code=[^&]*", "error=login_required"),
                "(login_required)");
        changes.put(
                address -> address.replaceAll("code=[^&]*", "error=%3Cb%3Ehello"),
                "(it does not say why)");
        changes.put(address -> address.replace("code=", "code=%07"), "cannot be seen");
        for (Map.Entry<UnaryOperator<String>, String> change : changes.entrySet()) {
            provider.back = change.getKey();
            int status = change.getValue().startsWith("(") ? 403 : 400;
            assertRefused(signIn(), status, change.getValue());
        }
        provider.back = address -> address;
        browser.fetch("GET", api("/openid"), null);
        String cookie = browser.cookie(api(""), ATTEMPT).orElseThrow();
        for (String changed :
                List.of("x" + cookie, cookie + "x", cookie.replace('.', '-'), ".", "")) {
            String callback = back(begun(api("/openid")));
            browser.setCookie(api(""), ATTEMPT, changed);
            assertRefused(browser.open(callback), 400, "has not begun to sign in");
        }
    }

    /// An attacker may begin a thing in their own browser, and change what for.
    @Test
    void what_was_begun_for_one_thing_ends_as_that() throws Exception {
        String callback = back(begun(api("/openid")));
        String cookie = browser.cookie(api(""), ATTEMPT).orElseThrow();
        String said =
                new String(
                        Base64.getUrlDecoder().decode(cookie.split("\\.", 2)[0]),
                        StandardCharsets.UTF_8);
        String forged =
                said.replace(
                        "\"for\":\"sign-in\"",
                        "\"for\":\"link\",\"person\":\"%s\",\"session\":\"x\"".formatted(ownId()));
        assertThat(forged).isNotEqualTo(said);
        String coded =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(forged.getBytes(StandardCharsets.UTF_8));
        browser.setCookie(api(""), ATTEMPT, coded + "." + cookie.split("\\.", 2)[1]);

        assertRefused(browser.open(callback), 400, "has not begun to sign in");
        assertThat(requireNonNull(store).openIds().of(ownId())).isEmpty();
    }

    @Test
    void what_another_server_began_is_not_known() throws Exception {
        String callback = back(begun(api("/openid")));
        String cookie = browser.cookie(api(""), ATTEMPT).orElseThrow();
        reopen((_, _) -> Reply.of(LEFT));
        browser.setCookie(api(""), ATTEMPT, cookie);

        assertRefused(
                browser.open(api("/openid/callback") + callback.substring(callback.indexOf('?'))),
                400,
                "the server was started anew");
    }

    @Test
    void browsers_come_back_to_where_they_know_the_server() throws Exception {
        publicUrl = "https://chat.example.com";
        reopen((_, _) -> Reply.of(LEFT));

        HttpResponse<String> begun = browser.fetch("GET", api("/openid"), null);

        assertThat(begun.headers().firstValue("Location").orElseThrow())
                .startsWith(provider.issuer() + "/authorize?tenant=1&response_type=code&")
                .contains("redirect_uri=https%3A%2F%2Fchat.example.com%2Fapi%2Fopenid%2Fcallback&")
                .contains("scope=openid+profile&");
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-" + ATTEMPT + "=")
                .endsWith("; Secure");
    }

    @Test
    void an_id_token_that_is_not_all_right_is_not_believed() throws Exception {
        Map<String, Consumer<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
        Instant now = Instant.now();
        wrong.put("iss", builder -> builder.issuer("http://127.0.0.1:2"));
        wrong.put("iss ", builder -> builder.issuer(provider.issuer() + "/"));
        wrong.put("aud", builder -> builder.audience("another"));
        wrong.put("missing required aud", builder -> builder.audience(List.of()));
        wrong.put("(azp)", builder -> builder.audience(List.of(FakeProvider.CLIENT, "another")));
        wrong.put("(azp) ", builder -> builder.claim("azp", "another"));
        wrong.put("(nonce)", builder -> builder.claim("nonce", "another"));
        wrong.put("nonce", builder -> builder.claim("nonce", null));
        wrong.put("Expired", builder -> builder.expirationTime(Date.from(now.minusSeconds(120))));
        wrong.put("exp", builder -> builder.expirationTime(null));
        wrong.put("iat", builder -> builder.issueTime(null));
        wrong.put("before", builder -> builder.notBeforeTime(Date.from(now.plusSeconds(600))));
        wrong.put("sub", builder -> builder.subject(null));
        wrong.put("(sub)", builder -> builder.subject(""));
        wrong.put("(sub) ", builder -> builder.subject("x".repeat(256)));
        for (Map.Entry<String, Consumer<JWTClaimsSet.Builder>> each : wrong.entrySet()) {
            provider.claims =
                    builder -> {
                        builder.claim("name", "Ben");
                        each.getValue().accept(builder);
                        return builder;
                    };
            Browser.Page page = signIn();
            assertRefused(page, 502, "is not to be believed");
            assertThat(page.body()).containsIgnoringCase(each.getKey().strip());
        }
        assertThat(ok("GET", api("/people"), owner(), null).get("data")).hasSize(1);
    }

    @Test
    void an_id_token_that_the_provider_did_not_sign_is_not_believed() throws Exception {
        signIn();
        browser.fetch("DELETE", api("/session"), null);
        provider.sign = (claims, _) -> new PlainJWT(claims).serialize();
        assertRefused(signIn(), 502, "Unsecured");
        provider.sign =
                (claims, key) -> FakeProvider.signed(claims, FakeProvider.newKey(key.getKeyID()));
        assertRefused(signIn(), 502, "Invalid signature");
        provider.sign =
                (claims, key) -> {
                    String token = FakeProvider.signed(claims, key);
                    String other =
                            FakeProvider.signed(
                                    new JWTClaimsSet.Builder(claims).subject("owner").build(), key);
                    return token.split("\\.", 3)[0]
                            + "."
                            + other.split("\\.", 3)[1]
                            + "."
                            + token.split("\\.", 3)[2];
                };
        assertRefused(signIn(), 502, "Invalid signature");
        // With the public key as a secret, and with the client's own.
        provider.sign =
                (claims, key) -> {
                    try {
                        return mac(claims, key.toPublicJWK().toString());
                    } catch (JOSEException e) {
                        throw new IllegalStateException(e);
                    }
                };
        assertRefused(signIn(), 502, "Another algorithm expected");
        provider.sign = (_, _) -> "no.token.at-all";
        assertRefused(signIn(), 502, "it cannot be read");
        provider.sign = (_, _) -> "";
        assertRefused(signIn(), 502, "it cannot be read");
    }

    private static String mac(JWTClaimsSet claims, String secret) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    @Test
    void clocks_may_differ_by_less_than_a_minute() throws Exception {
        provider.claims =
                builder ->
                        builder.claim("name", "Ben")
                                .expirationTime(Date.from(Instant.now().minusSeconds(5)));

        signIn();

        assertThat(me(browser)).isEqualTo("Ben");
    }

    @Test
    void several_audiences_are_one_too_many_unless_it_was_made_for_this_server() throws Exception {
        provider.claims =
                builder ->
                        builder.claim("name", "Ben")
                                .audience(List.of("another", FakeProvider.CLIENT))
                                .claim("azp", FakeProvider.CLIENT);

        signIn();

        assertThat(me(browser)).isEqualTo("Ben");
    }

    @Test
    void a_provider_may_sign_with_another_key() throws Exception {
        signIn();
        assertThat(me(browser)).isEqualTo("Ben");
        browser.fetch("DELETE", api("/session"), null);

        provider.changeKey();
        signIn();

        assertThat(me(browser)).isEqualTo("Ben");
    }

    @Test
    void a_provider_that_is_gone_is_said_to_be() throws Exception {
        String callback = back(begun(api("/openid")));
        provider.close();

        Browser.Page page = browser.open(callback);
        assertRefused(page, 503, "cannot be asked just now");
        assertThat(page.response().headers().firstValue("Retry-After")).isPresent();
        reopen((_, _) -> Reply.of(LEFT));
        Browser.Page begun = browser.open(api("/openid"));
        assertRefused(begun, 503, "cannot be asked just now");
        assertThat(browser.cookie(api(""), ATTEMPT)).isEmpty();
    }

    @Test
    void a_provider_that_is_another_or_cannot_be_used_is_said_to_be() throws Exception {
        Map<UnaryOperator<ObjectNode>, String> wrong = new LinkedHashMap<>();
        wrong.put(it -> it.put("issuer", provider.issuer() + "/"), "calls itself");
        wrong.put(it -> it.put("issuer", "https://other.example"), "https://other.example");
        wrong.put(it -> it.put("token_endpoint", "http://other.example/token"), "token_endpoint");
        wrong.put(it -> it.put("authorization_endpoint", "javascript:x"), "authorization_endpoint");
        wrong.put(it -> it.without(List.of("jwks_uri")), "jwks_uri");
        wrong.put(it -> it.put("padding", "x".repeat(300_000)), "cannot be asked");
        for (Map.Entry<UnaryOperator<ObjectNode>, String> each : wrong.entrySet()) {
            provider.metadata = each.getKey();
            reopen((_, _) -> Reply.of(LEFT));
            int status = each.getValue().equals("cannot be asked") ? 503 : 502;
            assertRefused(signIn(), status, each.getValue());
        }
        provider.metadata = it -> it;
        reopen((_, _) -> Reply.of(LEFT));
        provider.tokens = "no JSON with a secret";
        assertRefused(signIn(), 502, "no JSON object");
        provider.tokens = "[]";
        assertRefused(signIn(), 502, "no JSON object");
        provider.tokens = "{}";
        assertRefused(signIn(), 502, "it cannot be read");
    }
}
