package dev.polymnia.server.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Set;

/// Reads ID tokens, and believes what they say if all of OpenID Connect Core 1.0, 3.1.3.7, holds.
/// The keys of the provider are asked for once in five minutes, and when one is not known, twice in
/// half a minute at the most. Thread-safe.
final class IdTokens {
    /// What no secret of ours makes, so that a token is the provider's.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final int CLOCKS_DIFFER_SECONDS = 60;
    private static final int LONGEST_SUBJECT = 255;

    private final OpenIdOptions options;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// @param keys where the provider's are
    IdTokens(OpenIdOptions options, URI keys, Wire wire) {
        this.options = options;
        JWKSource<SecurityContext> source =
                JWKSourceBuilder.<SecurityContext>create(
                                url(keys),
                                url -> {
                                    Wire.Answer answer = wire.get(keys);
                                    if (answer.status() != 200) {
                                        throw new IOException("status " + answer.status());
                                    }
                                    return new Resource(answer.body(), "application/json");
                                })
                        // It would want a thread.
                        .refreshAheadCache(false)
                        .build();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        options.clientId(),
                        new JWTClaimsSet.Builder().issuer(options.issuer()).build(),
                        Set.of("sub", "exp", "iat", "nonce"));
        claims.setMaxClockSkew(CLOCKS_DIFFER_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    private static URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new Fault(Fault.Code.CORRUPT, "The address " + address + " is none.", e);
        }
    }

    /// Returns what a token says.
    ///
    /// @param nonce that it has to have
    /// @throws Fault `CORRUPT` if it is not to be believed, `UNAVAILABLE` if the keys cannot be
    ///   read
    JWTClaimsSet read(String token, String nonce) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            requireNonce(claims, nonce);
            requireParty(claims);
            requireSubject(claims);
            return claims;
        } catch (BadJOSEException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (ParseException e) {
            // It quotes the token.
            throw refused("it cannot be read");
        } catch (JOSEException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The keys of the provider at %s cannot be read just now (%s); try again in a while."
                            .formatted(options.host(), e.getMessage()),
                    e);
        }
    }

    private void requireNonce(JWTClaimsSet claims, String nonce) throws ParseException {
        if (!MessageDigest.isEqual(bytes(claims.getStringClaim("nonce")), bytes(nonce))) {
            throw refused("it was not made for this attempt to sign in (nonce)");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The audience is checked already: this server is in it.
    private void requireParty(JWTClaimsSet claims) throws ParseException {
        String party = claims.getStringClaim("azp");
        if (party == null ? claims.getAudience().size() > 1 : !party.equals(options.clientId())) {
            throw refused("it was made for somebody else (azp)");
        }
    }

    private void requireSubject(JWTClaimsSet claims) {
        String subject = claims.getSubject();
        if (subject.isEmpty()
                || subject.length() > LONGEST_SUBJECT
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw refused("it names no account that can be kept (sub)");
        }
    }

    private Fault refused(String why) {
        return new Fault(
                Fault.Code.CORRUPT,
                "The ID token that the provider at %s sent is not to be believed: %s. Begin again; if that does not help, tell whoever runs this server."
                        .formatted(options.host(), why));
    }
}
