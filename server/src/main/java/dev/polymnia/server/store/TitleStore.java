package dev.polymnia.server.store;

import dev.polymnia.server.store.StoredMessage.State;
import java.util.Optional;

/// Knows which conversations have no title that they keep, and gives them one. What a method
/// changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault][dev.polymnia.core.Fault] `UNAVAILABLE` if the
/// database cannot be read or written. Thread-safe.
public final class TitleStore {
    private final Database database;

    /// @param database stays the caller's
    TitleStore(Database database) {
        this.database = database;
    }

    /// Returns the id of the conversation in which a run has answered; empty if it has the title
    /// that it keeps, or there is none.
    public Optional<String> untitled(String run) {
        return database.read(handle ->
                handle.createQuery(
                                "select conversations.id from conversations join messages on"
                                        + " conversation = conversations.id where run = :run and"
                                        + " state = :whole and titled = 0")
                        .bind("run", run)
                        .bind("whole", State.WHOLE.word())
                        .mapTo(String.class)
                        .findOne());
    }

    /// Gives a conversation the title that it keeps, unless it has one.
    ///
    /// @param conversation id
    /// @param title empty for the one that it has for the time being
    public void settle(String conversation, String title) {
        database.change(handle ->
                handle.createUpdate(
                                "update conversations set titled = 1, title = case when :title = ''"
                                        + " then title else :title end where id = :id and titled ="
                                        + " 0")
                        .bind("title", title)
                        .bind("id", conversation)
                        .execute());
    }
}
