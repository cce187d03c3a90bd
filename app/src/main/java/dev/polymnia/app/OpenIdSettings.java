package dev.polymnia.app;

import dev.polymnia.app.config.Configuration;
import dev.polymnia.app.config.Setting;
import dev.polymnia.core.Fault;
import dev.polymnia.server.openid.OpenIdOptions;
import dev.polymnia.server.people.Role;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a configuration says of signing in over OpenID Connect. Stateless.
final class OpenIdSettings {
    static final String CLIENT_SECRET = "POLYMNIA_OPENID_CLIENT_SECRET";

    private OpenIdSettings() {}

    /// Returns by which provider people sign in; null for none.
    ///
    /// @throws Fault `NOT_FOUND` if the file of the secret cannot be read, `INVALID` if something
    ///   is not right
    static @Nullable OpenIdOptions options(
            Configuration configuration, Map<String, String> environment) {
        Optional<String> issuer = configuration.text(Setting.OPENID_ISSUER);
        Optional<String> client = configuration.text(Setting.OPENID_CLIENT_ID);
        if (issuer.isPresent() != client.isPresent()) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "OpenID Connect needs both openid.issuer and openid.client-id, but only %s is set; set the other, or none."
                            .formatted(issuer.isPresent() ? "openid.issuer" : "openid.client-id"));
        }
        if (issuer.isEmpty() || client.isEmpty()) {
            return null;
        }
        return new OpenIdOptions(
                issuer.get(),
                client.get(),
                secret(configuration, environment),
                configuration.text(Setting.OPENID_NAME_CLAIM).orElseThrow(),
                // `invited` is no role.
                configuration.text(Setting.OPENID_ADMITS).flatMap(Role::of).orElse(null));
    }

    private static String secret(Configuration configuration, Map<String, String> environment) {
        String said = environment.getOrDefault(CLIENT_SECRET, "").strip();
        if (!said.isEmpty()) {
            return said;
        }
        return configuration
                .file(Setting.OPENID_CLIENT_SECRET_FILE)
                .map(file -> KeyFile.read("@" + file))
                .orElse("");
    }
}
