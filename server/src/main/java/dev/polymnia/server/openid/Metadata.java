package dev.polymnia.server.openid;

import dev.polymnia.core.Fault;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a provider says of itself (OpenID Connect Discovery 1.0, 3).
///
/// @param authorization where browsers are sent
/// @param token where codes are changed for tokens
/// @param keys where the keys are by which it signs
/// @param userInfo where it tells more of a person; null for nowhere
/// @param basic whether a secret is shown in a header, and not in the body
/// @param namesItself whether it says who it is when it sends a browser back (RFC 9207)
record Metadata(
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI userInfo,
        boolean basic,
        boolean namesItself) {
    /// Reads the document.
    ///
    /// @throws Fault `CORRUPT` if it is of another provider, or something is missing
    static Metadata of(JsonNode document, OpenIdOptions options) {
        String issuer = document.path("issuer").asString("");
        if (!issuer.equals(options.issuer())) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "The provider at %s calls itself '%s' and not '%s'; whoever runs this server writes openid.issuer as it does, to the letter."
                            .formatted(options.host(), cut(issuer), options.issuer()));
        }
        JsonNode ways = document.path("token_endpoint_auth_methods_supported");
        return new Metadata(
                required(document, "authorization_endpoint", options),
                required(document, "token_endpoint", options),
                required(document, "jwks_uri", options),
                find(document, "userinfo_endpoint").orElse(null),
                ways.isEmpty() || has(ways, "client_secret_basic"),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static URI required(JsonNode document, String field, OpenIdOptions options) {
        return find(document, field)
                .orElseThrow(() ->
                        new Fault(
                                Fault.Code.CORRUPT,
                                "The provider at %s does not say in '%s' where it can be asked with encryption; it cannot be used."
                                        .formatted(options.host(), field)));
    }

    private static Optional<URI> find(JsonNode document, String field) {
        return OpenIdOptions.address(document.path(field).asString(""));
    }

    private static boolean has(JsonNode array, String word) {
        return array.valueStream().anyMatch(each -> each.asString("").equals(word));
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
