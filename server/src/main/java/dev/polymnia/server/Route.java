package dev.polymnia.server;

import io.helidon.http.Method;
import java.util.Optional;
import java.util.function.Supplier;

/// One thing that the server does.
///
/// @param access who may ask for it
/// @param dialect what its errors look like
/// @param summary what it does, for the [document][OpenApi]
/// @param body the schema of the request's body; empty if it has none
/// @param tagged whether what it tells has a [tag][Tag], or what it changes has to be
///   [unchanged][Unchanged] if its client wants that
/// @param sent what the body may be
record Route(
        Method method,
        String path,
        Access access,
        Dialect dialect,
        String summary,
        Optional<String> body,
        boolean tagged,
        Sent sent,
        Handler handler) {
    /// What a request's body may be.
    enum Sent {
        /// JSON.
        JSON,
        /// JSON, or a ZIP.
        JSON_OR_ZIP,
        /// Bytes, whatever they are called.
        BYTES
    }

    /// Who may ask.
    enum Access {
        /// Whoever reaches the server.
        ANYBODY,
        /// Whoever the [gate][Gate] lets in; they see what is theirs.
        CLIENT,
        /// Whoever is signed in, or shows a key that manages; they see what is theirs.
        OWN,
        /// The person that the path names.
        PERSON,
        /// The person that the path names, and owners.
        SELF,
        /// Owners, and the operator.
        OWNER;

        /// Checks whether a caller may ask.
        ///
        /// @param person that the path names
        /// @throws ApiError if not
        void require(Caller caller, Supplier<String> person) {
            boolean may =
                    switch (this) {
                        case ANYBODY, CLIENT -> true;
                        case OWN -> caller.manages();
                        case PERSON -> caller.is(person.get());
                        case SELF -> caller.isOwner() || caller.is(person.get());
                        case OWNER -> caller.isOwner();
                    };
            if (!may) {
                String who =
                        switch (this) {
                            case OWNER -> "an owner";
                            case OWN -> "a person";
                            case PERSON -> "this person";
                            default -> "this person, or an owner,";
                        };
                throw ApiError.refused(
                        403,
                        "not_allowed",
                        "Only %s may do this, signed in or with a key that manages."
                                .formatted(who));
            }
        }
    }

    /// Returns what anybody may ask for.
    static Route open(String path, String summary, Handler handler) {
        return of(Access.ANYBODY, Method.GET, path, summary, handler);
    }

    /// Returns what anybody may send.
    static Route open(Method method, String path, String summary, Handler handler) {
        return of(Access.ANYBODY, method, path, summary, handler);
    }

    /// Returns what clients may ask for.
    static Route client(Method method, String path, String summary, Handler handler) {
        return of(Access.CLIENT, method, path, summary, handler);
    }

    /// Returns what people may ask for, of what is theirs.
    static Route own(Method method, String path, String summary, Handler handler) {
        return of(Access.OWN, method, path, summary, handler);
    }

    /// Returns what nobody else may ask for than the person whom the path names, as `{person}`.
    static Route person(Method method, String path, String summary, Handler handler) {
        return of(Access.PERSON, method, path, summary, handler);
    }

    /// Returns what owners may ask for and the person whom the path names, as `{person}`.
    static Route self(Method method, String path, String summary, Handler handler) {
        return of(Access.SELF, method, path, summary, handler);
    }

    /// Returns what owners may ask for.
    static Route owner(Method method, String path, String summary, Handler handler) {
        return of(Access.OWNER, method, path, summary, handler);
    }

    private static Route of(
            Access access, Method method, String path, String summary, Handler handler) {
        return new Route(
                method,
                path,
                access,
                Dialect.OPENAI,
                summary,
                Optional.empty(),
                false,
                Sent.JSON,
                handler);
    }

    /// Returns this with a body.
    ///
    /// @param schema its name in the document
    Route with(String schema) {
        return new Route(
                method, path, access, dialect, summary, Optional.of(schema), tagged, sent, handler);
    }

    /// Returns this with another kind of body.
    Route taking(Sent value) {
        return new Route(method, path, access, dialect, summary, body, tagged, value, handler);
    }

    /// Returns this with errors in another shape.
    Route in(Dialect value) {
        return new Route(method, path, access, value, summary, body, tagged, sent, handler);
    }

    /// Returns this as one that tells tags, or minds them.
    Route withTags() {
        return new Route(method, path, access, dialect, summary, body, true, sent, handler);
    }
}
