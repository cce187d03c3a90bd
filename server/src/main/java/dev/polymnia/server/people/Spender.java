package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

/// Who spends: a person with one of their keys. Both are empty for the operator.
///
/// @param person id
/// @param key id; empty where there is none, or all of the person's are meant
public record Spender(String person, String key) {
    /// Whoever runs the server.
    public static final Spender OPERATOR = new Spender("", "");

    /// Checks the parts.
    public Spender {
        requireNonNull(person, "person is null");
        requireNonNull(key, "key is null");
    }

    /// Returns whether this is another, or stands for it with all of a person's keys.
    public boolean covers(Spender other) {
        return person.equals(other.person) && (key.isEmpty() || key.equals(other.key));
    }
}
