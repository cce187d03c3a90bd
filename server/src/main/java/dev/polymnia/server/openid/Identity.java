package dev.polymnia.server.openid;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.util.Optional;
import java.util.function.Supplier;

/// Who somebody is at a provider.
///
/// @param issuer the provider
/// @param subject the account, which no other has there
/// @param named returns what they are called
public record Identity(String issuer, String subject, Supplier<Optional<String>> named) {
    /// Checks the parts.
    public Identity {
        requireNonNull(issuer, "issuer is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(named, "named is null");
    }

    /// Returns what they are called; empty if the provider does not tell. Asks it if the ID token
    /// did not say.
    ///
    /// @throws Fault `UNAVAILABLE` or `CORRUPT` if that is not possible
    public Optional<String> name() {
        return named.get();
    }
}
