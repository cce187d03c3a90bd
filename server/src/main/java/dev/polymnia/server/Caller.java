package dev.polymnia.server;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.server.people.Key;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.people.Role;
import dev.polymnia.server.people.Session;
import dev.polymnia.server.people.Spender;
import org.jspecify.annotations.Nullable;

/// Who asks, and what that allows. Immutable.
///
/// @param person null for whoever runs the server
/// @param key that was shown; null if none was
/// @param session in which the person is signed in; null if they are not
record Caller(@Nullable Person person, @Nullable Key key, @Nullable Session session) {
    /// Whoever runs the server: shows one of its own keys, or is on its machine while nobody shares
    /// it.
    static final Caller OPERATOR = new Caller(null, null, null);

    /// Returns who pays for what is asked.
    Spender spender() {
        return person == null
                ? Spender.OPERATOR
                : new Spender(person.id(), key == null ? "" : key.id());
    }

    /// Returns whose runs are seen: a program's key has its own only.
    Spender sees() {
        return person == null
                ? Spender.OPERATOR
                : new Spender(person.id(), key == null || manages() ? "" : key.id());
    }

    /// Returns whether what somebody asked for is this caller's to see and to end.
    boolean sees(Spender whose) {
        return sees().covers(whose);
    }

    /// Returns whether this caller stands for its person in all that is no asking.
    boolean manages() {
        return key == null || key.scope().manages();
    }

    /// Returns whether this caller settles what holds for all.
    boolean isOwner() {
        return manages() && (person == null || person.role() == Role.OWNER);
    }

    /// Returns whether this caller is a person, and stands for them in all.
    boolean is(String id) {
        return manages() && person != null && person.id().equals(id);
    }

    /// Returns whether this caller asks with a key.
    boolean shows(Key other) {
        return key != null && key.id().equals(other.id());
    }

    /// Returns whether this caller asks in a session.
    boolean shows(Session other) {
        return session != null && session.id().equals(other.id());
    }

    /// Checks whether the key is for such a run.
    ///
    /// @param model its name
    /// @throws ApiError if it is not
    void requireScope(String model, RunRequest run) {
        requireModel(model);
        if (key == null) {
            return;
        }
        if (!key.scope().allowsMode(run.mode())) {
            throw outOfScope("in the mode " + run.mode().word());
        }
        if (!key.scope().tools() && !run.clientTools().isEmpty()) {
            throw outOfScope("with tools");
        }
    }

    /// Checks whether the key is for a model.
    ///
    /// @throws ApiError if it is not
    void requireModel(String model) {
        if (key != null && !key.scope().allowsModel(model)) {
            throw outOfScope("with the model " + model);
        }
    }

    private ApiError outOfScope(String what) {
        String name = key == null ? "" : key.name();
        return ApiError.refused(
                403,
                "key_scope",
                "The key '%s' is not for runs %s; use another, or ask for one that is."
                        .formatted(name, what));
    }
}
