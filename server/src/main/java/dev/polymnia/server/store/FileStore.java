package dev.polymnia.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Keeps the files of conversations, in rows: so they are in each backup, and go with their
/// conversation and their person. What a method changed is committed when it returns.
///
/// All methods block for a moment and throw a [Fault][dev.polymnia.core.Fault] `UNAVAILABLE` if the
/// database cannot be read or written. Thread-safe.
public final class FileStore {
    private final Database database;

    /// What came of a wish to keep files.
    public enum Kept {
        /// All are.
        ALL,
        /// None, as the conversation is gone.
        GONE,
        /// None, as a conversation would have too many.
        TOO_MANY,
        /// None, as those of a conversation would have too many bytes.
        CONVERSATION_FULL,
        /// None, as those of the person would have too many bytes.
        PERSON_FULL
    }

    /// @param database stays the caller's
    FileStore(Database database) {
        this.database = database;
    }

    /// How many files there are, and how long they are together.
    private record Sum(long count, long bytes) {
        static Sum of(List<NewFile> files) {
            return new Sum(
                    files.size(), files.stream().mapToLong(each -> each.file().size()).sum());
        }

        Sum plus(Sum other) {
            return new Sum(count + other.count, bytes + other.bytes);
        }
    }

    /// Adds a file, if there is room for it.
    public Kept add(NewFile file, FileLimits limits) {
        return database.compute(handle -> {
            Sum sum = Sum.of(List.of(file));
            String person = file.file().person();
            String conversation = file.file().conversation();
            if (ConversationStore.find(handle, person, conversation).isEmpty()) {
                return Kept.GONE;
            }
            Sum there = sum(handle, "conversation", conversation);
            Kept kept = room(there.plus(sum), sum(handle, "person", person).plus(sum), limits);
            if (kept == Kept.ALL) {
                insert(handle, file);
            }
            return kept;
        });
    }

    /// Adds conversations with all that was said in them and their files, or none.
    ///
    /// @param person whose all of them are
    /// @param messages of all of them, parents before their children
    public Kept add(
            String person,
            List<StoredConversation> conversations,
            List<StoredMessage> messages,
            List<NewFile> files,
            FileLimits limits) {
        Map<String, List<NewFile>> byConversation =
                files.stream().collect(Collectors.groupingBy(each -> each.file().conversation()));
        return database.compute(handle -> {
            Sum all = sum(handle, "person", person).plus(Sum.of(files));
            Kept kept =
                    byConversation.values().stream()
                            .map(each -> room(Sum.of(each), all, limits))
                            .filter(each -> each != Kept.ALL)
                            .findFirst()
                            .orElse(Kept.ALL);
            if (kept == Kept.ALL) {
                ConversationStore.add(handle, conversations, messages);
                files.forEach(file -> insert(handle, file));
            }
            return kept;
        });
    }

    private static Kept room(Sum conversation, Sum person, FileLimits limits) {
        if (conversation.count() > limits.perConversation()) {
            return Kept.TOO_MANY;
        }
        if (conversation.bytes() > limits.conversationBytes()) {
            return Kept.CONVERSATION_FULL;
        }
        return person.bytes() > limits.personBytes() ? Kept.PERSON_FULL : Kept.ALL;
    }

    /// @param whose `conversation` or `person`
    private static Sum sum(Handle handle, String whose, String id) {
        return handle.createQuery(
                        "select count(*) as files, coalesce(sum(size), 0) as bytes from files where"
                                + " "
                                + whose
                                + " = :id")
                .bind("id", id)
                .map((row, _) -> new Sum(row.getLong("files"), row.getLong("bytes")))
                .one();
    }

    private static void insert(Handle handle, NewFile added) {
        StoredFile file = added.file();
        handle.createUpdate(
                        "insert into files (id, conversation, person, name, type, size, digest,"
                                + " created) values (:id, :conversation, :person, :name, :type,"
                                + " :size, :digest, :created)")
                .bind("id", file.id())
                .bind("conversation", file.conversation())
                .bind("person", file.person())
                .bind("name", file.name())
                .bind("type", file.type())
                .bind("size", file.size())
                .bind("digest", file.digest())
                .bind("created", file.created().toEpochMilli())
                .execute();
        handle.createUpdate("insert into file_contents (file, content) values (:file, :content)")
                .bind("file", file.id())
                .bind("content", added.content())
                .execute();
    }

    /// Returns the files of a conversation, the oldest first.
    public List<StoredFile> of(String conversation) {
        return database.read(handle -> of(handle, conversation));
    }

    static List<StoredFile> of(Handle handle, String conversation) {
        return handle.createQuery(
                        "select * from files where conversation = :conversation order by created,"
                                + " id")
                .bind("conversation", conversation)
                .map((row, _) -> file(row))
                .list();
    }

    /// Returns a file; empty if there is none of that id.
    public Optional<StoredFile> find(String id) {
        return database.read(handle ->
                handle.createQuery("select * from files where id = :id")
                        .bind("id", id)
                        .map((row, _) -> file(row))
                        .findOne());
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                row.getString("id"),
                row.getString("conversation"),
                row.getString("person"),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size"),
                row.getString("digest"),
                Instant.ofEpochMilli(row.getLong("created")));
    }

    /// Returns what is in a file; empty if there is none of that id.
    public Optional<byte[]> content(String id) {
        return database.read(handle ->
                handle.createQuery("select content from file_contents where file = :id")
                        .bind("id", id)
                        .map((row, _) -> row.getBytes("content"))
                        .findOne());
    }

    /// Removes a file. Does nothing if the conversation has none of that id.
    public void delete(String conversation, String id) {
        database.change(handle ->
                handle.createUpdate(
                                "delete from files where id = :id and conversation = :conversation")
                        .bind("id", id)
                        .bind("conversation", conversation)
                        .execute());
    }
}
