package dev.polymnia.server.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person may do beside asking.
public enum Role {
    /// Settles who may ask, and what may be spent; sees the use of all, and the words of nobody.
    OWNER,
    /// Has keys, runs and a use of their own.
    MEMBER,
    /// Asks with the keys that an owner makes for them.
    GUEST;

    /// Returns the word for it in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the role that a word is for; empty if it is for none.
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
