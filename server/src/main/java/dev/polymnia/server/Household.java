package dev.polymnia.server;

import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Secret;
import dev.polymnia.server.people.Session;
import dev.polymnia.server.store.KeyStore;
import dev.polymnia.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Those who share the server, known by their keys and sessions. Thread-safe.
final class Household {
    /// How exactly it is kept when a key was last used.
    private static final Duration USE = Duration.ofMinutes(1);

    private final Store store;
    private final Audit audit;
    private final InstantSource time;

    /// When each key and session was last used, as far as that is written.
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /// Once there is somebody there always is: the last owner cannot go.
    private volatile boolean shared;

    /// @param store stays the caller's
    /// @param audit is told of keys that are used
    Household(Store store, Audit audit, InstantSource time) {
        this.store = store;
        this.audit = audit;
        this.time = time;
        shared = !store.people().isEmpty();
    }

    Store store() {
        return store;
    }

    Audit audit() {
        return audit;
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
        if (isNews(key.get().id(), now)) {
            use(person.get(), key.get(), now);
        }
        return Optional.of(new Caller(person.get(), key.get(), null));
    }

    private void use(Person person, Key key, Instant now) {
        store.keys().use(key.id(), now);
        ZoneId zone = store.spendings().zone();
        boolean first =
                key.used() == null
                        || !LocalDate.ofInstant(key.used(), zone)
                                .equals(LocalDate.ofInstant(now, zone));
        if (first) {
            audit.used(person, key.id());
        }
    }

    /// Returns who is signed in with the secret of a session; empty if nobody is, or not any more.
    Optional<Caller> signedIn(String secret) {
        Optional<Session> session = store.sessions().find(new Secret(secret).digest());
        Optional<Person> person = session.flatMap(it -> store.people().find(it.person()));
        Instant now = time.instant();
        if (session.isEmpty() || person.isEmpty() || session.get().isOver(now)) {
            return Optional.empty();
        }
        if (isNews(session.get().id(), now)) {
            store.sessions().use(session.get().id(), now);
        }
        return Optional.of(new Caller(person.get(), null, session.get()));
    }

    private boolean isNews(String id, Instant now) {
        Instant before = used.get(id);
        if (before != null && Duration.between(before, now).abs().compareTo(USE) < 0) {
            return false;
        }
        used.put(id, now);
        return true;
    }
}
