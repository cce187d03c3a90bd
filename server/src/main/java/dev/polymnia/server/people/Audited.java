package dev.polymnia.server.people;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Something that was done. A log of these is a chain: each holds a hash of itself and of the one
/// before, so whoever changes, inserts or takes out one has to change all that follow.
///
/// @param id 1, 2, 3, …
/// @param actor who did it: a pseudonym, `operator` or `nobody`
/// @param act what, as `POST /api/people`, `key used`, `outbound`
/// @param object to whom or what: pseudonyms, ids, hosts
/// @param status how it ended, as HTTP has it; 0 where there was no request
/// @param hash SHA-256 of the hash before and of all other parts, in hexadecimal digits
public record Audited(
        long id, Instant at, String actor, String act, String object, int status, String hash) {
    /// What stands before the first.
    public static final String BEGINNING = "";

    /// Checks the parts.
    public Audited {
        requireNonNull(at, "at is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(act, "act is null");
        requireNonNull(object, "object is null");
        requireNonNull(hash, "hash is null");
    }

    /// Returns the entry that follows one.
    ///
    /// @param before its hash
    public static Audited after(
            String before,
            long id,
            Instant at,
            String actor,
            String act,
            String object,
            int status) {
        return new Audited(
                id,
                at,
                actor,
                act,
                object,
                status,
                hash(before, id, at, actor, act, object, status));
    }

    /// Returns whether it follows the entry with that hash, and nothing of it was changed.
    public boolean follows(String before) {
        return hash.equals(hash(before, id, at, actor, act, object, status));
    }

    private static String hash(
            String before,
            long id,
            Instant at,
            String actor,
            String act,
            String object,
            int status) {
        // No part has a line's end in it but what is counted.
        String text =
                String.join(
                        "\n",
                        before,
                        Long.toString(id),
                        Long.toString(at.toEpochMilli()),
                        actor.length() + " " + actor,
                        act.length() + " " + act,
                        object.length() + " " + object,
                        Integer.toString(status));
        return Sha256.of(text);
    }
}
