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
record Route(
        Method method,
        String path,
        Access access,
        Dialect dialect,
        String summary,
        Optional<String> body,
        Handler handler) {
    /// Who may ask.
    enum Access {
        /// Whoever reaches the server.
        ANYBODY,
        /// Whoever the [gate][Gate] lets in; they see what is theirs.
        CLIENT,
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
                        case SELF -> caller.isFor(person.get());
                        case OWNER -> caller.isOwner();
                    };
            if (!may) {
                throw ApiError.refused(
                        403,
                        "not_allowed",
                        this == OWNER
                                ? "Only an owner may do this, with a key that manages."
                                : "Only this person and owners may do this, with a key that"
                                        + " manages.");
            }
        }
    }

    /// Returns what anybody may ask for.
    static Route open(String path, String summary, Handler handler) {
        return new Route(
                Method.GET,
                path,
                Access.ANYBODY,
                Dialect.OPENAI,
                summary,
                Optional.empty(),
                handler);
    }

    /// Returns what clients may ask for.
    static Route client(Method method, String path, String summary, Handler handler) {
        return of(Access.CLIENT, method, path, summary, handler);
    }

    /// Returns what the person may ask for whom the path names, as `{person}`.
    static Route self(Method method, String path, String summary, Handler handler) {
        return of(Access.SELF, method, path, summary, handler);
    }

    /// Returns what owners may ask for.
    static Route owner(Method method, String path, String summary, Handler handler) {
        return of(Access.OWNER, method, path, summary, handler);
    }

    private static Route of(
            Access access, Method method, String path, String summary, Handler handler) {
        return new Route(method, path, access, Dialect.OPENAI, summary, Optional.empty(), handler);
    }

    /// Returns this with a body.
    ///
    /// @param schema its name in the document
    Route with(String schema) {
        return new Route(method, path, access, dialect, summary, Optional.of(schema), handler);
    }

    /// Returns this with errors in another shape.
    Route in(Dialect value) {
        return new Route(method, path, access, value, summary, body, handler);
    }
}
