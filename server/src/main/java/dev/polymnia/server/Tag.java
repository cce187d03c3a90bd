package dev.polymnia.server;

import dev.polymnia.server.people.Sha256;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// What tells one state of an object from another (RFC 9110, 8.8.3), in two halves: a digest of
/// what requests may change of it, and one of all that is told of it. The whole says whether there
/// is news. The first half alone says whether somebody else has [changed][Unchanged] the object: an
/// answer that came in, or tokens that were spent, do not keep anybody from giving a title or a
/// quota. Immutable.
///
/// @param changeable empty for what nobody changes as a whole: most lists
record Tag(String changeable, String whole) {
    private static final int DIGITS = 24;

    /// Returns the tag of an object.
    ///
    /// @param changeable what requests may change of it, in any form
    /// @param body all of it, as it is told
    static Tag of(String changeable, String body) {
        return new Tag(digest(changeable), digest(body));
    }

    /// Returns the tag of a list.
    static Tag of(String body) {
        return new Tag("", digest(body));
    }

    private static String digest(String text) {
        return Sha256.of(text).substring(0, DIGITS);
    }

    /// Returns what stands between its quotation marks.
    String text() {
        return changeable.isEmpty() ? whole : changeable + "." + whole;
    }

    /// Tells a client that has changed the object which tag it has now.
    void tell(ServerResponse response) {
        response.header(HeaderNames.ETAG, "\"" + text() + "\"");
    }

    /// Sends the body, or that it is the one which the client has.
    void send(ServerRequest request, ServerResponse response, String body) {
        tell(response);
        if (Tags.of(request, HeaderNames.IF_NONE_MATCH).contain(text()::equals)) {
            response.status(Status.NOT_MODIFIED_304);
            response.send();
            return;
        }
        Bodies.send(response, body);
    }
}
