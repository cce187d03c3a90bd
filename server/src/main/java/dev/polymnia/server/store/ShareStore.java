package dev.polymnia.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps the links by which others read conversations. What a method changed is committed when it
/// returns.
///
/// All methods block for a moment and throw a [Fault][dev.polymnia.core.Fault] `UNAVAILABLE` if the
/// database cannot be read or written. Thread-safe.
public final class ShareStore {
    private final Database database;

    /// @param database stays the caller's
    ShareStore(Database database) {
        this.database = database;
    }

    /// Adds a share.
    ///
    /// @param digest of its secret
    public void add(StoredShare share, String digest) {
        database.change(handle ->
                handle.createUpdate(
                                "insert into shares (id, digest, conversation, message, created,"
                                        + " expires) values (:id, :digest, :conversation, :message,"
                                        + " :created, :expires)")
                        .bind("id", share.id())
                        .bind("digest", digest)
                        .bind("conversation", share.conversation())
                        .bind("message", share.message())
                        .bind("created", share.created().toEpochMilli())
                        .bind("expires", share.expires().toEpochMilli())
                        .execute());
    }

    /// Returns the shares of a conversation, the oldest first.
    public List<StoredShare> shares(String conversation) {
        return database.read(handle ->
                handle.createQuery(
                                "select * from shares where conversation = :conversation order by"
                                        + " created, id")
                        .bind("conversation", conversation)
                        .map((row, _) -> share(row))
                        .list());
    }

    /// Returns the share with a secret of that digest; empty if there is none.
    public Optional<StoredShare> shared(String digest) {
        return database.read(handle ->
                handle.createQuery("select * from shares where digest = :digest")
                        .bind("digest", digest)
                        .map((row, _) -> share(row))
                        .findOne());
    }

    private static StoredShare share(ResultSet row) throws SQLException {
        return new StoredShare(
                row.getString("id"),
                row.getString("conversation"),
                row.getString("message"),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("expires")));
    }

    /// Takes a share back. Does nothing if the conversation has none of that id.
    public void withdraw(String conversation, String share) {
        database.change(handle ->
                handle.createUpdate(
                                "delete from shares where id = :id and conversation ="
                                        + " :conversation")
                        .bind("id", share)
                        .bind("conversation", conversation)
                        .execute());
    }
}
