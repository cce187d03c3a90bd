package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.polymnia.core.platform.MessageDigests;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A provider of OpenID Connect on a free port of this machine that does what a test wants, however
/// wrong. It lets everybody in at once, as `subject`. Thread-safe.
final class FakeProvider implements AutoCloseable {
    static final String CLIENT = "polymnia at the provider";
    static final String SECRET = "colons: and + signs";

    private final WebServer server;
    private final String issuer;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();

    /// All that must not be logged.
    final ConcurrentLinkedQueue<String> secrets = new ConcurrentLinkedQueue<>();

    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key = newKey("first");

    volatile String subject = "subject-1";
    volatile UnaryOperator<ObjectNode> metadata = document -> document;
    volatile UnaryOperator<JWTClaimsSet.Builder> claims = builder -> builder;
    volatile BiFunction<JWTClaimsSet, RSAKey, String> sign = FakeProvider::signed;
    volatile UnaryOperator<ObjectNode> userInfo = told -> told;
    volatile UnaryOperator<String> back = address -> address;
    volatile @Nullable String tokens;

    FakeProvider() {
        server =
                WebServer.builder()
                        .address(InetAddress.getLoopbackAddress())
                        .port(0)
                        .shutdownHook(false)
                        .routing(routing ->
                                routing.get("/.well-known/openid-configuration", this::describe)
                                        .get("/authorize", this::authorize)
                                        .post("/token", this::token)
                                        .get("/userinfo", this::tell)
                                        .get("/keys", this::keys))
                        .build()
                        .start();
        issuer = "http://127.0.0.1:" + server.port();
    }

    String issuer() {
        return issuer;
    }

    /// Returns how often it was asked for its configuration.
    int asked() {
        return asked.get();
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Signs with another key from now on.
    void changeKey() {
        key = newKey("another " + made.incrementAndGet());
    }

    static String signed(JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                            claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void describe(ServerRequest request, ServerResponse response) {
        asked.incrementAndGet();
        ObjectNode document = RunJson.object();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + "/authorize?tenant=1");
        document.put("token_endpoint", issuer() + "/token");
        document.put("userinfo_endpoint", issuer() + "/userinfo");
        document.put("jwks_uri", issuer() + "/keys");
        document.put("authorization_response_iss_parameter_supported", true);
        send(response, metadata.apply(document).toString());
    }

    private static void send(ServerResponse response, String json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(json.getBytes(StandardCharsets.UTF_8));
    }

    private void authorize(ServerRequest request, ServerResponse response) {
        Map<String, String> asked =
                request.query().names().stream()
                        .collect(Collectors.toMap(name -> name, name -> request.query().get(name)));
        String code = "code-" + made.incrementAndGet() + "-of-the-fake";
        codes.put(code, asked);
        secrets.add(code);
        secrets.add(value(asked, "state"));
        secrets.add(value(asked, "nonce"));
        String address =
                "%s?code=%s&state=%s&iss=%s"
                        .formatted(
                                value(asked, "redirect_uri"),
                                code,
                                value(asked, "state"),
                                URLEncoder.encode(issuer(), StandardCharsets.UTF_8));
        response.status(302);
        response.header(HeaderNames.LOCATION, back.apply(address));
        response.send();
    }

    private static String value(Map<String, String> map, String name) {
        return requireNonNull(map.get(name), name);
    }

    private void token(ServerRequest request, ServerResponse response) {
        String prepared = tokens;
        if (prepared != null) {
            send(response, prepared);
            return;
        }
        Map<String, String> form =
                Arrays.stream(request.content().as(String.class).split("&", -1))
                        .map(field -> field.split("=", 2))
                        .collect(Collectors.toMap(field -> field[0], field -> decode(field[1])));
        secrets.add(value(form, "code_verifier"));
        if (!isClient(request)) {
            response.status(401);
            send(response, "{\"error\": \"invalid_client\"}");
            return;
        }
        Map<String, String> asked = codes.remove(value(form, "code"));
        if (asked == null || !isRight(asked, form)) {
            response.status(400);
            send(response, "{\"error\": \"invalid_grant\", \"error_description\": \"secret\"}");
            return;
        }
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject(subject)
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("nonce", value(asked, "nonce"));
        String token = sign.apply(claims.apply(builder).build(), key);
        secrets.add(token);
        ObjectNode answer = RunJson.object();
        answer.put("access_token", "access-" + subject).put("token_type", "Bearer");
        secrets.add("access-" + subject);
        send(response, answer.put("id_token", token).toString());
    }

    private static boolean isRight(Map<String, String> asked, Map<String, String> form) {
        return value(asked, "redirect_uri").equals(form.get("redirect_uri"))
                && value(asked, "code_challenge_method").equals("S256")
                && value(asked, "code_challenge").equals(challenge(value(form, "code_verifier")));
    }

    private static boolean isClient(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return false;
        }
        String[] words = request.headers().get(HeaderNames.AUTHORIZATION).get().split(" ", 2);
        String[] pair =
                new String(Base64.getDecoder().decode(words[1]), StandardCharsets.US_ASCII)
                        .split(":", 2);
        return words[0].equals("Basic")
                && decode(pair[0]).equals(CLIENT)
                && decode(pair[1]).equals(SECRET);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String challenge(String verifier) {
        byte[] digest =
                MessageDigests.sha256().digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private void tell(ServerRequest request, ServerResponse response) {
        String shown = request.headers().get(HeaderNames.AUTHORIZATION).get();
        if (!shown.equals("Bearer access-" + subject)) {
            response.status(401);
            response.send();
            return;
        }
        send(response, userInfo.apply(RunJson.object().put("sub", subject)).toString());
    }

    private void keys(ServerRequest request, ServerResponse response) {
        send(response, new JWKSet(key.toPublicJWK()).toString());
    }

    @Override
    public void close() {
        server.stop();
    }
}
