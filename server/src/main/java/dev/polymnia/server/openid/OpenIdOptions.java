package dev.polymnia.server.openid;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// By which provider people sign in.
///
/// @param issuer what the provider calls itself, to the letter: an address
/// @param clientId what it calls this server
/// @param clientSecret by which it knows this server; empty if it wants none
/// @param nameClaim what it calls the name of a person
/// @param admits as what everybody comes in whom the provider knows; null if only those do who were
///   invited
public record OpenIdOptions(
        String issuer,
        String clientId,
        String clientSecret,
        String nameClaim,
        @Nullable Role admits) {
    /// What the name of a person is called unless something else is said.
    public static final String USUAL_NAME = "name";

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` if one is not possible
    public OpenIdOptions {
        requireNonNull(issuer, "issuer is null");
        requireNonNull(clientSecret, "clientSecret is null");
        if (address(issuer)
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .isEmpty()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The issuer '%s' is no address that can be trusted; write it as the provider does, with https:// before it (http:// only on this machine) and no ? or #."
                            .formatted(issuer));
        }
        if (clientId.isBlank() || nameClaim.isBlank()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "OpenID Connect needs the id that the provider gave this server, and a claim"
                            + " that holds people's names; set both.");
        }
        if (admits == Role.OWNER) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Not everybody of a provider can be an owner; admit members or guests.");
        }
    }

    /// Returns where the provider describes itself.
    URI discovery() {
        // Discovery 1.0, 4: a slash at the end goes before the rest is put there.
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /// Returns what people know the provider by.
    public String host() {
        return URI.create(issuer).getHost();
    }

    /// Returns what is asked for.
    String scope() {
        return nameClaim.equals("email") ? "openid profile email" : "openid profile";
    }

    /// Returns an address that is encrypted, or on this machine; empty if it is none.
    static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            boolean encrypted = "https".equalsIgnoreCase(scheme);
            boolean own = "http".equalsIgnoreCase(scheme) && host != null && isOwn(host);
            boolean known = host != null && uri.getRawUserInfo() == null && (encrypted || own);
            return known ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// By what it is called, as what a name stands for can change.
    private static boolean isOwn(String host) {
        return switch (host.toLowerCase(Locale.ROOT)) {
            case "localhost", "127.0.0.1", "[::1]" -> true;
            default -> false;
        };
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "OpenIdOptions[issuer=%s, clientId=%s, nameClaim=%s, admits=%s]"
                .formatted(issuer, clientId, nameClaim, admits);
    }
}
