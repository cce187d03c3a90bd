package dev.polymnia.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/// What a client wants of the object that it changes: that it still is as it was read (`If-Match`;
/// RFC 9110, 13.1.1). It has to be checked in the transaction that changes the object; transactions
/// that write come one after the other. Whoever sends nothing wants nothing. Immutable.
///
/// @param tags that it was read with
record Unchanged(Tags tags) {
    private static final int LONGEST = 100;

    static Unchanged of(ServerRequest request) {
        return new Unchanged(Tags.of(request, HeaderNames.IF_MATCH));
    }

    /// Returns whether anything is wanted.
    boolean isWanted() {
        return !tags.sent().isEmpty();
    }

    /// Checks whether nobody has changed the object since.
    ///
    /// @param what it is, for the message
    /// @param changeable what requests may change of it, now
    /// @throws ApiError if somebody has
    void require(String what, String changeable) {
        String half = Tag.of(changeable, "").changeable();
        require(what, tags.contain(tag -> tag.equals(half) || tag.startsWith(half + ".")));
    }

    /// Checks whether all is as it was read.
    ///
    /// @param what it is, for the message
    /// @throws ApiError if it is not
    void requireAll(String what, Tag now) {
        require(what, tags.contain(now.text()::equals));
    }

    /// Says that somebody was faster.
    ApiError missed(String what) {
        String sent = tags.sent();
        return ApiError.refused(
                412,
                "changed_meanwhile",
                "%s was changed since it had the tag %s; read it again, and change what it is now."
                        .formatted(
                                what,
                                sent.length() <= LONGEST
                                        ? sent
                                        : sent.substring(0, LONGEST) + "…"));
    }

    private void require(String what, boolean holds) {
        if (isWanted() && !holds) {
            throw missed(what);
        }
    }
}
