package dev.polymnia.server;

import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.store.KeyStore;
import dev.polymnia.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Those who share the server, known by their keys. Thread-safe.
final class Household {
    /// How exactly it is kept when a key was last used.
    private static final Duration USE = Duration.ofMinutes(1);

    private final Store store;
    private final InstantSource time;

    /// When each key was last used, as far as that is written.
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /// Once there is somebody there always is: the last owner cannot go.
    private volatile boolean shared;

    /// @param store stays the caller's
    Household(Store store, InstantSource time) {
        this.store = store;
        this.time = time;
        shared = !store.people().isEmpty();
    }

    Store store() {
        return store;
    }

    Instant now() {
        return time.instant();
    }

    /// Returns whether anybody shares the server, so that everybody has to show a key.
    boolean isShared() {
        return shared;
    }

    /// Lets the first person in, an owner.
    ///
    /// @return false if there is somebody already
    boolean begin(Person owner, Key key, Secret secret) {
        boolean first = store.people().addFirst(owner, new KeyStore.Sealed(key, secret.digest()));
        shared = true;
        return first;
    }

    /// Returns whose a secret is; empty if nobody's.
    ///
    /// @throws ApiError if its key has ended
    Optional<Caller> find(String shown) {
        if (!shared) {
            return Optional.empty();
        }
        Optional<Key> key = store.keys().find(new Secret(shown).digest());
        Optional<Person> person = key.flatMap(it -> store.people().find(it.person()));
        if (key.isEmpty() || person.isEmpty()) {
            return Optional.empty();
        }
        Instant now = time.instant();
        if (key.get().isExpired(now)) {
            throw ApiError.refused(
                    401,
                    "expired_api_key",
                    "The key '%s' ended at %s; make another."
                            .formatted(key.get().name(), key.get().expires()));
        }
        note(key.get(), now);
        return Optional.of(new Caller(person.get(), key.get()));
    }

    private void note(Key key, Instant now) {
        Instant before = used.get(key.id());
        if (before == null || Duration.between(before, now).abs().compareTo(USE) >= 0) {
            used.put(key.id(), now);
            store.keys().use(key.id(), now);
        }
    }
}
