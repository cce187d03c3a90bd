package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/// An account at a provider of OpenID Connect by which a person signs in.
///
/// @param id unique
/// @param person whose it is
/// @param issuer the provider
/// @param subject what the provider calls the account, for ever
public record OpenIdAccount(
        String id, String person, String issuer, String subject, Instant created) {
    /// Checks the parts.
    public OpenIdAccount {
        requireNonNull(id, "id is null");
        requireNonNull(person, "person is null");
        requireNonNull(issuer, "issuer is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(created, "created is null");
    }

    /// Returns a new one.
    public static OpenIdAccount create(String person, String issuer, String subject, Instant now) {
        return new OpenIdAccount(
                "openid-account-" + UUID.randomUUID(), person, issuer, subject, now);
    }
}
