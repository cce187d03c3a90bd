package dev.polymnia.app.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conversation that is held now, and its file. Confined to one thread.
final class Session implements AutoCloseable {
    private final ConversationFolder folder;
    private final boolean incognito;

    /// Turns that are not on the disk yet: after a disk was full they are tried again.
    private final List<Turn> unsaved = new ArrayList<>();

    private Conversation conversation;
    private @Nullable ConversationFile file;

    /// Begins a conversation.
    ///
    /// @param incognito whether nothing is written anywhere
    /// @param system what the model is told first
    Session(ConversationFolder folder, boolean incognito, String system) {
        this.folder = folder;
        this.incognito = incognito;
        conversation = ConversationFolder.begin(Instant.now(), system);
    }

    Conversation conversation() {
        return conversation;
    }

    ConversationFolder folder() {
        return folder;
    }

    /// Adds a turn and writes it down.
    ///
    /// @throws dev.polymnia.core.Fault with `UNAVAILABLE` if it cannot be written; it is part of
    ///   the conversation nevertheless, and is written with the next one if that is possible by
    ///   then
    void add(Turn turn) {
        conversation = conversation.plus(turn);
        if (!incognito) {
            unsaved.add(turn);
            save();
        }
    }

    /// Begins another conversation with the same system message.
    ///
    /// @throws dev.polymnia.core.Fault if turns of this one cannot be written; it goes on then
    void begin() {
        leave();
        conversation = ConversationFolder.begin(Instant.now(), conversation.system());
    }

    /// Goes on with another conversation.
    ///
    /// @param id see [ConversationFolder#resume]
    /// @throws dev.polymnia.core.Fault as there; this one goes on then
    void resume(String id) {
        ConversationFolder.Opened opened = folder.resume(id);
        leave();
        conversation = opened.conversation();
        file = opened.file();
    }

    /// Returns the turns that are not on the disk although they should be.
    int unsaved() {
        return unsaved.size();
    }

    /// Returns the latest turn.
    Optional<Turn> latest() {
        return conversation.turns().isEmpty()
                ? Optional.empty()
                : Optional.of(conversation.turns().getLast());
    }

    private void save() {
        if (file == null) {
            ConversationFolder.Opened made = folder.create(conversation);
            conversation = made.conversation();
            file = made.file();
        }
        while (!unsaved.isEmpty()) {
            file.append(ConversationJson.line(unsaved.getFirst()));
            unsaved.removeFirst();
        }
    }

    private void leave() {
        if (!unsaved.isEmpty()) {
            save();
        }
        if (file != null) {
            file.close();
            file = null;
        }
    }

    @Override
    public void close() {
        leave();
    }
}
