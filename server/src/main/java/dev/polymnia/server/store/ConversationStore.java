package dev.polymnia.server.store;

import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.Found;
import dev.polymnia.server.store.StoredMessage.State;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Keeps conversations, each a tree of messages, and finds words in them. What a method changed is
/// committed when it returns.
///
/// All methods block for a moment and throw a [Fault] `UNAVAILABLE` if the database cannot be read
/// or written. Thread-safe.
public final class ConversationStore {
    /// The newest first, so that a word that stands everywhere is found as soon as the page is
    /// full.
    private static final String SEARCH_SQLITE =
            "select messages.id, conversation, title, snippet(message_words, 0, '', '', '…', 24) as"
                + " snippet from message_words join messages on messages.number ="
                + " message_words.rowid join conversations on conversations.id = conversation where"
                + " message_words match :words and person = :person order by message_words.rowid"
                + " desc limit :limit";

    private static final String SEARCH_POSTGRES =
            "select id, conversation, title, ts_headline('simple', text, query, 'StartSel=\"\","
                + " StopSel=\"\", MaxWords=24, MinWords=8') as snippet from (select messages.id,"
                + " conversation, title, text, number from messages join conversations on"
                + " conversations.id = conversation where words @@ to_tsquery('simple', :words) and"
                + " person = :person order by number desc limit :limit) as found,"
                + " to_tsquery('simple', :words) as query order by number desc";

    private final Database database;

    /// @param database stays the caller's
    ConversationStore(Database database) {
        this.database = database;
    }

    /// Adds a conversation.
    public void add(StoredConversation conversation) {
        database.change(handle -> add(handle, conversation));
    }

    /// Adds conversations with all that was said in them, or none.
    ///
    /// @param messages of all of them, parents before their children
    public void add(List<StoredConversation> conversations, List<StoredMessage> messages) {
        database.change(handle -> add(handle, conversations, messages));
    }

    static void add(
            Handle handle, List<StoredConversation> conversations, List<StoredMessage> messages) {
        conversations.forEach(conversation -> add(handle, conversation));
        say(handle, messages);
        // They were spoken in then, and not now.
        conversations.forEach(
                conversation -> touch(handle, conversation.id(), conversation.changed()));
    }

    private static void add(Handle handle, StoredConversation conversation) {
        bind(
                        handle.createUpdate(
                                "insert into conversations (id, person, title, folder,"
                                        + " tags, pinned, archived, created, changed, titled)"
                                        + " values (:id, :person, :title, :folder, :tags,"
                                        + " :pinned, :archived, :created, :changed, :titled)"),
                        conversation)
                .bind("titled", conversation.title().isEmpty() ? 0 : 1)
                .bind("person", conversation.person())
                .bind("created", conversation.created().toEpochMilli())
                .bind("changed", conversation.changed().toEpochMilli())
                .execute();
    }

    private static Update bind(Update update, StoredConversation conversation) {
        return update.bind("id", conversation.id())
                .bind("title", conversation.title())
                .bind("folder", conversation.folder())
                .bind("tags", tags(conversation.tags()))
                .bind("pinned", conversation.pinned() ? 1 : 0)
                .bind("archived", conversation.archived() ? 1 : 0);
    }

    /// So that each can be sought with a space on both sides.
    private static String tags(Set<String> tags) {
        return tags.stream().sorted().collect(Collectors.joining(" ", " ", " "));
    }

    /// Changes how a conversation of a person's is filed; nobody else does that meanwhile.
    ///
    /// @param filed returns how, for how it is filed now; what it throws leaves all as it is
    /// @param named whether its person has given the title, which stays then
    /// @return the conversation as it is now; empty if the person has none of that id
    public Optional<StoredConversation> change(
            String person, String id, UnaryOperator<StoredConversation> filed, boolean named) {
        return database.compute(handle ->
                find(handle, person, id)
                        .map(before -> {
                            StoredConversation after = filed.apply(before);
                            bind(
                                            handle.createUpdate(
                                                    "update conversations set title = :title,"
                                                            + " folder = :folder, tags = :tags,"
                                                            + " pinned = :pinned, archived ="
                                                            + " :archived where id = :id"),
                                            after)
                                    .execute();
                            if (named) {
                                keepTitle(handle, id, !after.title().isEmpty());
                            }
                            return after;
                        }));
    }

    private static void keepTitle(Handle handle, String id, boolean titled) {
        handle.createUpdate("update conversations set titled = :titled where id = :id")
                .bind("titled", titled ? 1 : 0)
                .bind("id", id)
                .execute();
    }

    /// Gives a conversation a title for the time being, unless it has one.
    public void call(String id, String title) {
        database.change(handle ->
                handle.createUpdate(
                                "update conversations set title = :title where id = :id and title ="
                                        + " ''")
                        .bind("title", title)
                        .bind("id", id)
                        .execute());
    }

    /// Removes a conversation with all that was said, and the runs that answered. Does nothing if
    /// there is none of that id.
    public void delete(String id) {
        database.change(handle -> delete(handle, id));
    }

    private static void delete(Handle handle, String id) {
        handle.createUpdate(
                        "delete from runs where ended is not null and id in (select run from"
                                + " messages where conversation = :id)")
                .bind("id", id)
                .execute();
        handle.createUpdate("delete from conversations where id = :id").bind("id", id).execute();
    }

    /// Removes a conversation, if it still is as it was read.
    ///
    /// @param messages how many there were
    /// @param files that there were
    /// @return whether it was
    public boolean delete(StoredConversation read, int messages, List<StoredFile> files) {
        return database.compute(handle -> {
            boolean same =
                    find(handle, read.person(), read.id()).filter(read::equals).isPresent()
                            && handle.createQuery(
                                                    "select count(*) from messages where"
                                                            + " conversation = :id")
                                            .bind("id", read.id())
                                            .mapTo(Integer.class)
                                            .one()
                                    == messages
                            && FileStore.of(handle, read.id()).equals(files);
            if (same) {
                delete(handle, read.id());
            }
            return same;
        });
    }

    /// Returns a conversation of a person's; empty if they have none of that id.
    public Optional<StoredConversation> find(String person, String id) {
        return database.read(handle -> find(handle, person, id));
    }

    static Optional<StoredConversation> find(Handle handle, String person, String id) {
        return handle.createQuery("select * from conversations where id = :id and person = :person")
                .bind("id", id)
                .bind("person", person)
                .map((row, _) -> conversation(row))
                .findOne();
    }

    /// Returns conversations of a person's, those first in which something was said last.
    ///
    /// @param limit how many at the most
    /// @param after only those that come after this one; null for the first
    public List<StoredConversation> newest(
            String person, StoredConversation.Filter filter, int limit, @Nullable String after) {
        String where =
                "person = :person and archived = :archived"
                        + (filter.pinned() ? " and pinned = 1" : "")
                        + (filter.folder().isEmpty() ? "" : " and folder = :folder")
                        + (filter.tag().isEmpty() ? "" : " and tags like :tag escape '!'")
                        + (after == null
                                ? ""
                                : " and (changed, id) < (select changed, id from conversations"
                                        + " where id = :after)");
        return database.read(handle -> {
            Query query =
                    handle.createQuery(
                                    "select * from conversations where "
                                            + where
                                            + " order by changed desc, id desc limit :limit")
                            .bind("person", person)
                            .bind("archived", filter.archived() ? 1 : 0)
                            .bind("limit", limit);
            if (!filter.folder().isEmpty()) {
                query.bind("folder", filter.folder());
            }
            if (!filter.tag().isEmpty()) {
                query.bind("tag", "% " + filter.tag().replaceAll("([!%_])", "!$1") + " %");
            }
            if (after != null) {
                query.bind("after", after);
            }
            return query.map((row, _) -> conversation(row)).list();
        });
    }

    private static StoredConversation conversation(ResultSet row) throws SQLException {
        String tags = row.getString("tags").strip();
        return new StoredConversation(
                row.getString("id"),
                row.getString("person"),
                row.getString("title"),
                row.getString("folder"),
                tags.isEmpty() ? Set.of() : Set.of(tags.split(" ")),
                row.getInt("pinned") != 0,
                row.getInt("archived") != 0,
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("changed")));
    }

    /// Adds messages to a conversation, in their order.
    public void say(List<StoredMessage> messages) {
        database.change(handle -> {
            say(handle, messages);
            StoredMessage last = messages.getLast();
            touch(handle, last.conversation(), last.created());
        });
    }

    /// All at once: a database that is asked for each of a million messages is mostly waited for.
    private static void say(Handle handle, List<StoredMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch(
                        "insert into messages (id, conversation, parent, role, text, run, state,"
                                + " memories, files, rating, remark, created) values (:id,"
                                + " :conversation, :parent, :role, :text, :run, :state, :memories,"
                                + " :files, :rating, :remark, :created)");
        for (StoredMessage message : messages) {
            batch.bind("id", message.id())
                    .bind("conversation", message.conversation())
                    .bind("parent", message.parent())
                    .bind("role", message.author().word())
                    .bind("text", whole(message.text()))
                    .bind("run", message.run())
                    .bind("state", message.state().word())
                    .bind("memories", String.join(" ", message.memories()))
                    .bind("files", String.join(" ", message.files()))
                    .bind("rating", rating(message.feedback()))
                    .bind("remark", remark(message.feedback()))
                    .bind("created", message.created().toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    private static void touch(Handle handle, String conversation, Instant moment) {
        handle.createUpdate("update conversations set changed = :changed where id = :id")
                .bind("changed", moment.toEpochMilli())
                .bind("id", conversation)
                .execute();
    }

    /// Halves of characters, which clients can send, are no text for a database; nor is what ends
    /// one in C.
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace('\0', '\uFFFD');
    }

    /// Ends the message that a run answers with. Does nothing if there is none that is written.
    public void answer(String run, String text, State state) {
        database.change(handle ->
                handle.createUpdate(
                                "update messages set text = :text, state = :state where run = :run"
                                        + " and state = :writing")
                        .bind("text", whole(text))
                        .bind("state", state.word())
                        .bind("run", run)
                        .bind("writing", State.WRITING.word())
                        .execute());
    }

    /// Keeps what its person thinks of a message, in place of what they thought before.
    ///
    /// @param feedback null for nothing any more
    public void rate(String message, @Nullable Feedback feedback) {
        database.change(handle ->
                handle.createUpdate(
                                "update messages set rating = :rating, remark = :remark where id ="
                                        + " :id")
                        .bind("rating", rating(feedback))
                        .bind("remark", remark(feedback))
                        .bind("id", message)
                        .execute());
    }

    private static @Nullable String rating(@Nullable Feedback feedback) {
        return feedback == null ? null : feedback.rating().word();
    }

    private static String remark(@Nullable Feedback feedback) {
        return feedback == null ? "" : whole(feedback.comment());
    }

    /// Returns a conversation, whosever it is; empty if there is none of that id.
    public Optional<StoredConversation> find(String id) {
        return database.read(handle ->
                handle.createQuery("select * from conversations where id = :id")
                        .bind("id", id)
                        .map((row, _) -> conversation(row))
                        .findOne());
    }

    /// Returns all messages of a conversation, in the order in which they came; so parents come
    /// before their children.
    public List<StoredMessage> messages(String conversation) {
        return database.read(handle ->
                handle.createQuery(
                                "select * from messages where conversation = :conversation order by"
                                        + " number")
                        .bind("conversation", conversation)
                        .map((row, _) -> message(row))
                        .list());
    }

    private static StoredMessage message(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getString("id"),
                row.getString("conversation"),
                row.getString("parent"),
                Author.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getString("text"),
                row.getString("run"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                ids(row.getString("memories")),
                ids(row.getString("files")),
                feedback(row.getString("rating"), row.getString("remark")),
                Instant.ofEpochMilli(row.getLong("created")));
    }

    private static @Nullable Feedback feedback(@Nullable String rating, String remark) {
        return rating == null
                ? null
                : new Feedback(Feedback.Rating.of(rating).orElseThrow(), remark);
    }

    private static List<String> ids(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /// Finds messages of a person's that have all of some words, each at least as the beginning of
    /// one; the newest first. Accents make no difference in SQLite, capitals nowhere.
    ///
    /// @param limit how many at the most
    public List<Found> search(String person, String words, int limit) {
        List<String> all =
                Arrays.stream(words.split("[^\\p{L}\\p{M}\\p{N}]+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
        if (all.isEmpty()) {
            return List.of();
        }
        return database.read(handle ->
                handle.createQuery(database.isSqlite() ? SEARCH_SQLITE : SEARCH_POSTGRES)
                        .bind(
                                "words",
                                database.isSqlite()
                                        ? join(all, "\"", "\"*", " ")
                                        : join(all, "'", "':*", " & "))
                        .bind("person", person)
                        .bind("limit", limit)
                        .map((row, _) ->
                                new Found(
                                        row.getString("id"),
                                        row.getString("conversation"),
                                        row.getString("title"),
                                        row.getString("snippet")))
                        .list());
    }

    private static String join(List<String> words, String before, String after, String between) {
        return words.stream()
                .map(word -> before + word + after)
                .collect(Collectors.joining(between));
    }
}
