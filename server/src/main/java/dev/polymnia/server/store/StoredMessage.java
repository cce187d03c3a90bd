package dev.polymnia.server.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A message of a conversation as the store knows it.
///
/// @param id unique
/// @param conversation that it is of
/// @param parent what it answers or goes on from; null for a first one
/// @param text empty as long as it is written
/// @param run that answers with it; null for what a person said
/// @param memories ids of what of its person's memory it was given
/// @param files ids of the files that it was said with, some of which may be gone
/// @param feedback what its person thinks of it; null if they have not said
public record StoredMessage(
        String id,
        String conversation,
        @Nullable String parent,
        Author author,
        String text,
        @Nullable String run,
        State state,
        List<String> memories,
        List<String> files,
        @Nullable Feedback feedback,
        Instant created) {
    /// Creates a message without files, of which nothing was said.
    public StoredMessage(
            String id,
            String conversation,
            @Nullable String parent,
            Author author,
            String text,
            @Nullable String run,
            State state,
            List<String> memories,
            Instant created) {
        this(
                id,
                conversation,
                parent,
                author,
                text,
                run,
                state,
                memories,
                List.of(),
                null,
                created);
    }

    /// Returns this message with what is thought of it.
    public StoredMessage withFeedback(@Nullable Feedback value) {
        return new StoredMessage(
                id,
                conversation,
                parent,
                author,
                text,
                run,
                state,
                memories,
                files,
                value,
                created);
    }

    /// Who said it.
    public enum Author {
        /// A person.
        USER,
        /// A run.
        ASSISTANT;

        /// Returns the word for it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How far it is.
    public enum State {
        /// Its run is at work.
        WRITING,
        /// All of it is there.
        WHOLE,
        /// Its run has failed, or was cancelled.
        FAILED;

        /// Returns the word for it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Checks the parts.
    public StoredMessage {
        requireNonNull(id, "id is null");
        requireNonNull(conversation, "conversation is null");
        requireNonNull(author, "author is null");
        requireNonNull(text, "text is null");
        requireNonNull(state, "state is null");
        memories = List.copyOf(memories);
        files = List.copyOf(files);
        requireNonNull(created, "created is null");
    }

    /// A message that has what was sought.
    ///
    /// @param title of its conversation
    /// @param snippet some words around
    public record Found(String id, String conversation, String title, String snippet) {}
}
