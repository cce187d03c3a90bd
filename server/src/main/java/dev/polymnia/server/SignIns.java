package dev.polymnia.server;

import dev.polymnia.server.people.Password;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.PersonName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Finds out whether somebody is who they say they are. Who was wrong several times waits longer
/// each time: for that name, whether or not there is such a person, so that nothing is told by it.
/// Thread-safe.
final class SignIns {
    private static final int FREE_TRIES = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /// Names that are remembered; more at once are somebody's who tries all.
    private static final int MOST_NAMES = 10_000;

    private final Household household;
    private final InstantSource time;

    private final Hashing hashing;

    /// Wrong tries by name, the one that was tried longest ago first. Guarded by this.
    private final Map<String, Tries> tries =
            new LinkedHashMap<>(16, 0.75F, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
                    return size() > MOST_NAMES;
                }
            };

    private record Tries(int wrong, Instant until) {}

    /// What is looked at where there is nobody, so that it takes as long; made when somebody signs
    /// in for the first time.
    private static final class Nobody {
        static final String HASH = new Password("nobody has this password").hash();
    }

    SignIns(Household household, InstantSource time, Hashing hashing) {
        this.household = household;
        this.time = time;
        this.hashing = hashing;
    }

    /// Returns where passwords are looked at.
    Hashing hashing() {
        return hashing;
    }

    /// Returns who somebody is.
    ///
    /// @throws ApiError if name and password do not belong together, it was tried too often, or too
    ///   many try at once
    Person signIn(String name, Password password) {
        String folded = PersonName.fold(name);
        requirePatience(folded);
        Optional<Person> person = household.store().people().named(name);
        Optional<String> kept = person.flatMap(it -> household.store().sessions().hash(it.id()));
        // Always asked for, so that the first sign-in takes as long for whoever is there.
        boolean right =
                hashing.run(() -> password.matches(kept.orElse(Nobody.HASH))) && kept.isPresent();
        note(folded, right);
        if (!right || person.isEmpty()) {
            throw ApiError.refused(
                    401, "wrong_password", "Name and password do not belong together; try again.");
        }
        return person.get();
    }

    private synchronized void requirePatience(String name) {
        Tries before = tries.get(name);
        Instant now = time.instant();
        if (before != null && now.isBefore(before.until())) {
            throw ApiError.refused(
                    429,
                    "locked",
                    "This was tried %d times with a wrong password; try again in %d seconds."
                            .formatted(
                                    before.wrong(),
                                    Duration.between(now, before.until()).toSeconds() + 1));
        }
    }

    private synchronized void note(String name, boolean right) {
        if (right) {
            tries.remove(name);
            return;
        }
        Tries before = tries.getOrDefault(name, new Tries(0, Instant.MIN));
        int wrong = before.wrong() + 1;
        tries.put(name, new Tries(wrong, until(wrong)));
    }

    private Instant until(int wrong) {
        if (wrong < FREE_TRIES) {
            return Instant.MIN;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(20, wrong - FREE_TRIES));
        return time.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
}
