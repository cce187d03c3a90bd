package dev.polymnia.server.openid;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.polymnia.core.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A provider of OpenID Connect, by which people sign in: the authorization code flow of OpenID
/// Connect Core 1.0, 3.1, with PKCE. It is asked for the first time when somebody begins, so a
/// server starts without it. All methods may block for some seconds. Thread-safe.
public final class Provider implements AutoCloseable {
    /// How long it is believed what it said of itself, and how long that it is not there.
    private static final Duration KNOWN = Duration.ofHours(1);

    private static final Duration GONE = Duration.ofSeconds(5);

    private final OpenIdOptions options;
    private final InstantSource time;
    private final Wire wire;

    // Guarded by this.
    private @Nullable Known known;
    private @Nullable Gone gone;

    private record Known(Metadata metadata, IdTokens tokens, Instant until) {}

    private record Gone(Fault fault, Instant until) {}

    /// @param environment looked up: the variables of the machine's proxies
    public Provider(OpenIdOptions options, Map<String, String> environment, InstantSource time) {
        this.options = options;
        this.time = time;
        wire = new Wire(options, environment);
        // See module-info: the library lies on the class path.
        Provider.class.getModule().addReads(Provider.class.getClassLoader().getUnnamedModule());
    }

    /// Returns how it was set up.
    public OpenIdOptions options() {
        return options;
    }

    /// Returns where a browser is sent that begins.
    ///
    /// @param redirect where the provider sends it back to
    /// @throws Fault `UNAVAILABLE`, `CORRUPT` or `OVERLOADED` if the provider does not say where
    public URI address(Attempt attempt, String redirect) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", options.clientId());
        parameters.put("redirect_uri", redirect);
        parameters.put("scope", options.scope());
        parameters.put("state", attempt.state());
        parameters.put("nonce", attempt.nonce());
        parameters.put("code_challenge", attempt.challenge());
        parameters.put("code_challenge_method", "S256");
        String query =
                parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + Wire.encode(each.getValue()))
                        .collect(Collectors.joining("&"));
        URI base = known().metadata().authorization();
        return URI.create(base + (base.getRawQuery() == null ? "?" : "&") + query);
    }

    /// Checks whether a browser was sent back by this provider and by no other (RFC 9207).
    ///
    /// @param issuer who sent it, as the address says; empty if that does not
    /// @throws Fault `INVALID` if it was not
    public void requireOwn(Optional<String> issuer) {
        boolean own =
                issuer.map(options.issuer()::equals)
                        .orElseGet(() -> !known().metadata().namesItself());
        if (!own) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "It was not the provider at %s that sent you back here (iss); begin again."
                            .formatted(options.host()));
        }
    }

    /// Returns who it is that comes back with a code.
    ///
    /// @param redirect where the provider sent them back to
    /// @throws Fault `INVALID` if the provider does not know the code, `CORRUPT` if what it says is
    ///   not to be believed, `UNAVAILABLE` or `OVERLOADED` if it cannot be asked
    public Identity identify(String code, Attempt attempt, String redirect) {
        Known provider = known();
        JsonNode tokens = tokens(provider.metadata(), code, attempt, redirect);
        JWTClaimsSet claims =
                provider.tokens().read(tokens.path("id_token").asString(""), attempt.nonce());
        String subject = claims.getSubject();
        return new Identity(
                options.issuer(),
                subject,
                () ->
                        claims.getClaim(options.nameClaim()) instanceof String name
                                ? Optional.of(name)
                                : told(
                                        provider.metadata().userInfo(),
                                        tokens.path("access_token").asString(""),
                                        subject));
    }

    private JsonNode tokens(Metadata metadata, String code, Attempt attempt, String redirect) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect);
        form.put("code_verifier", attempt.verifier());
        Wire.Answer answer;
        if (metadata.basic() && !options.clientSecret().isEmpty()) {
            answer = wire.post(metadata.token(), form, "Authorization", basic());
        } else {
            form.put("client_id", options.clientId());
            if (!options.clientSecret().isEmpty()) {
                form.put("client_secret", options.clientSecret());
            }
            answer = wire.post(metadata.token(), form);
        }
        if (answer.status() == 400 || answer.status() == 401) {
            throw refused(answer);
        }
        return wire.json(answer, "a token");
    }

    /// RFC 6749, 2.3.1: both are encoded before they are joined.
    private String basic() {
        String pair = Wire.encode(options.clientId()) + ":" + Wire.encode(options.clientSecret());
        return "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    /// What else such an answer has is not shown: it may quote what it was sent.
    private Fault refused(Wire.Answer answer) {
        String error = wire.object(answer, "a token").path("error").asString("");
        return switch (error) {
            case "invalid_grant" ->
                    new Fault(
                            Fault.Code.INVALID,
                            "The provider at %s does not take this code: it was used, has ended or is another's; begin again."
                                    .formatted(options.host()));
            case "invalid_client", "unauthorized_client" ->
                    new Fault(
                            Fault.Code.CORRUPT,
                            "The provider at %s does not know this server by the client id '%s' and its secret; whoever runs the server sets both as they stand there."
                                    .formatted(options.host(), options.clientId()));
            default ->
                    new Fault(
                            Fault.Code.CORRUPT,
                            "The provider at %s gave no token (%s); begin again, and if that does not help tell whoever runs this server."
                                    .formatted(options.host(), word(error)));
        };
    }

    /// Returns an error's name if it is one of the kind that the standards have.
    public static String word(String error) {
        return error.matches("[a-z_]{1,40}") ? error : "it does not say why";
    }

    private Optional<String> told(@Nullable URI userInfo, String access, String subject) {
        // Nothing else can stand in a header.
        if (userInfo == null || !access.matches("[!-~]+")) {
            return Optional.empty();
        }
        JsonNode told =
                wire.json(wire.get(userInfo, "Authorization", "Bearer " + access), "a name");
        if (!told.path("sub").asString("").equals(subject)) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The provider at %s tells of somebody else than who signed in; begin again."
                            .formatted(options.host()));
        }
        return told.path(options.nameClaim()).stringValueOpt();
    }

    /// One at a time asks what is not known; that it is gone is believed for a moment, so that a
    /// crowd that waits is told at once.
    private synchronized Known known() {
        Instant now = time.instant();
        if (known != null && now.isBefore(known.until())) {
            return known;
        }
        if (gone != null && now.isBefore(gone.until())) {
            throw gone.fault();
        }
        try {
            JsonNode document = wire.json(wire.get(options.discovery()), "its configuration");
            Metadata metadata = Metadata.of(document, options);
            known =
                    new Known(
                            metadata,
                            new IdTokens(options, metadata.keys(), wire),
                            now.plus(KNOWN));
            return known;
        } catch (Fault fault) {
            gone = new Gone(fault, time.instant().plus(GONE));
            throw fault;
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
