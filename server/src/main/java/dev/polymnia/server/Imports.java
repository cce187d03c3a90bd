package dev.polymnia.server;

import dev.polymnia.server.people.Label;
import dev.polymnia.server.store.Feedback;
import dev.polymnia.server.store.NewFile;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Conversations from elsewhere: the file `conversations.json` of an export of OpenAI's (trees of
/// nodes, `mapping`) or of Anthropic's (lists, `chat_messages`), or our own (`messages`). What is
/// neither said by a person nor answered in words is left out, and what follows it is attached to
/// what came before. Confined to one thread.
final class Imports {
    private static final int MOST_CONVERSATIONS = 10_000;
    private static final int MOST_MESSAGES = 500_000;
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_TAGS = 20;

    private final String person;
    private final Instant now;
    private final Brought brought;
    private final List<StoredConversation> conversations = new ArrayList<>();
    private final List<StoredMessage> messages = new ArrayList<>();
    private int skipped;

    /// A node of a tree from elsewhere.
    ///
    /// @param author null if it is none of a conversation's
    /// @param files by their ids here
    private record Node(
            String id,
            @Nullable String parent,
            @Nullable Author author,
            String text,
            List<String> files,
            @Nullable Feedback feedback,
            Instant created) {}

    /// @param person whose they are from now on
    /// @param brought the files that come along
    Imports(String person, Instant now, Brought brought) {
        this.person = person;
        this.now = now;
        this.brought = brought;
    }

    /// Reads a file.
    ///
    /// @throws ApiError if it is no such file
    void read(JsonNode file) {
        if (file.path("messages").isArray()) {
            add(file);
            return;
        }
        if (!file.isArray()) {
            throw ApiError.field(
                    "body", "The body is no array; send the file conversations.json of an export.");
        }
        file.forEach(this::add);
    }

    /// Reads a conversation.
    ///
    /// @throws ApiError if it is none, or one too many
    void add(JsonNode conversation) {
        if (conversations.size() == MOST_CONVERSATIONS) {
            throw ApiError.field(
                    "body",
                    "More than %d conversations; send less at once.".formatted(MOST_CONVERSATIONS));
        }
        String id = "conversation-" + UUID.randomUUID();
        List<Node> nodes;
        if (conversation.path("mapping").isObject()) {
            nodes = openAi(conversation.get("mapping"));
        } else if (conversation.path("chat_messages").isArray()) {
            nodes = anthropic(conversation.get("chat_messages"));
        } else if (conversation.path("messages").isArray()) {
            nodes = own(conversation, id);
        } else {
            throw ApiError.field(
                    "[%d]".formatted(conversations.size()),
                    "None of 'mapping', 'chat_messages' and 'messages' is in it; send the file"
                            + " conversations.json of an export.");
        }
        Instant created = moment(conversation, now, "create_time", "created_at", "created");
        conversations.add(
                new StoredConversation(
                        id,
                        person,
                        title(conversation),
                        Label.cut(conversation.path("folder").asString(""), LONGEST_TITLE),
                        tags(conversation.path("tags")),
                        conversation.path("pinned").asBoolean(false),
                        conversation.path("archived").asBoolean(false),
                        created,
                        moment(conversation, created, "update_time", "updated_at", "changed")));
        attach(id, nodes);
        if (messages.size() > MOST_MESSAGES) {
            throw ApiError.field(
                    "body", "More than %d messages; send less at once.".formatted(MOST_MESSAGES));
        }
    }

    private static String title(JsonNode conversation) {
        return Label.cut(
                conversation.path("title").asString("") + conversation.path("name").asString(""),
                LONGEST_TITLE);
    }

    private static Set<String> tags(JsonNode list) {
        Set<String> tags = new HashSet<>();
        for (JsonNode tag : list) {
            String word = Label.cut(tag.asString("").replaceAll("\\s", ""), LONGEST_TITLE);
            if (!word.isEmpty() && tags.size() < MOST_TAGS) {
                tags.add(word);
            }
        }
        return tags;
    }

    /// What was not whole, or failed, is left out.
    private List<Node> own(JsonNode conversation, String id) {
        Map<String, String> files = brought.take(conversation.path("files"), id, person, now);
        List<Node> nodes = new ArrayList<>();
        for (JsonNode message : conversation.get("messages")) {
            boolean whole = message.path("state").asString("whole").equals("whole");
            List<String> with = new ArrayList<>();
            for (JsonNode file : message.path("files")) {
                String here = files.get(file.asString(""));
                if (here != null) {
                    with.add(here);
                }
            }
            nodes.add(
                    new Node(
                            message.path("id").asString("message " + nodes.size()),
                            id(message.path("parent")),
                            whole ? author(message.path("author").asString("")) : null,
                            message.path("text").asString(""),
                            with,
                            feedback(message.path("feedback")),
                            moment(message, Instant.EPOCH, "created")));
        }
        return nodes;
    }

    private static @Nullable Feedback feedback(JsonNode node) {
        String comment = node.path("comment").asString("");
        int length = Math.min(comment.length(), Feedback.LONGEST_COMMENT);
        return Feedback.Rating.of(node.path("rating").asString(""))
                .map(rating -> new Feedback(rating, comment.substring(0, length)))
                .orElse(null);
    }

    private static List<Node> openAi(JsonNode mapping) {
        List<Node> nodes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
            JsonNode message = entry.getValue().path("message");
            StringBuilder text = new StringBuilder();
            for (JsonNode part : message.path("content").path("parts")) {
                text.append(part.asString(""));
            }
            nodes.add(
                    new Node(
                            entry.getKey(),
                            id(entry.getValue().path("parent")),
                            author(message.path("author").path("role").asString("")),
                            text.toString(),
                            List.of(),
                            null,
                            moment(message, Instant.EPOCH, "create_time")));
        }
        return nodes;
    }

    private static List<Node> anthropic(JsonNode list) {
        List<Node> nodes = new ArrayList<>();
        String before = null;
        for (JsonNode message : list) {
            String id = message.path("uuid").asString("message " + nodes.size());
            String parent = id(message.path("parent_message_uuid"));
            nodes.add(
                    new Node(
                            id,
                            message.has("parent_message_uuid") ? parent : before,
                            author(message.path("sender").asString("")),
                            message.path("text").asString(""),
                            List.of(),
                            null,
                            moment(message, Instant.EPOCH, "created_at")));
            before = id;
        }
        return nodes;
    }

    private static @Nullable String id(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    private static @Nullable Author author(String word) {
        return switch (word) {
            case "user", "human" -> Author.USER;
            case "assistant" -> Author.ASSISTANT;
            default -> null;
        };
    }

    /// Returns a time that is seconds since 1970, or a text (ISO 8601).
    private static Instant moment(JsonNode node, Instant usual, String... fields) {
        for (String field : fields) {
            JsonNode value = node.path(field);
            try {
                if (value.isNumber()) {
                    return Instant.ofEpochMilli((long) (value.asDouble() * 1000));
                }
                if (value.isString()) {
                    // As exactly as it is kept.
                    return Instant.ofEpochMilli(Instant.parse(value.asString()).toEpochMilli());
                }
            } catch (DateTimeException | ArithmeticException e) {
                // A time that cannot be read is not worth a conversation.
                return usual;
            }
        }
        return usual;
    }

    /// Adds what was said, parents before children. A node whose parent is not there begins a tree;
    /// of those that go round in a circle none is reached.
    private void attach(String conversation, List<Node> nodes) {
        Map<String, Node> byId = new LinkedHashMap<>();
        nodes.forEach(node -> byId.putIfAbsent(node.id(), node));
        skipped += nodes.size() - byId.size();
        Map<String, List<Node>> children = new HashMap<>();
        Deque<Node> next = new ArrayDeque<>();
        for (Node node : byId.values()) {
            if (node.parent() == null || !byId.containsKey(node.parent())) {
                next.add(node);
            } else {
                children.computeIfAbsent(node.parent(), _ -> new ArrayList<>()).add(node);
            }
        }
        // What each node is here: itself, or what came before it.
        Map<String, String> kept = new HashMap<>();
        int reached = 0;
        while (!next.isEmpty()) {
            Node node = next.poll();
            reached++;
            String parent = node.parent() == null ? null : kept.get(node.parent());
            String id = add(conversation, node, parent);
            if (id != null) {
                kept.put(node.id(), id);
            }
            next.addAll(children.getOrDefault(node.id(), List.of()));
        }
        skipped += byId.size() - reached;
    }

    /// @return what follows it is attached to; null for nothing
    private @Nullable String add(String conversation, Node node, @Nullable String parent) {
        Author author = node.author();
        if (author == null || node.text().isBlank()) {
            skipped++;
            return parent;
        }
        String id = "message-" + UUID.randomUUID();
        messages.add(
                new StoredMessage(
                        id,
                        conversation,
                        parent,
                        author,
                        node.text(),
                        null,
                        State.WHOLE,
                        List.of(),
                        node.files(),
                        author == Author.ASSISTANT ? node.feedback() : null,
                        node.created()));
        return id;
    }

    List<StoredConversation> conversations() {
        return conversations;
    }

    /// Returns what was said in all of them, parents before their children.
    List<StoredMessage> messages() {
        return messages;
    }

    /// Returns the files of all of them.
    List<NewFile> files() {
        return brought.files();
    }

    /// Returns how many nodes were left out.
    int skipped() {
        return skipped;
    }
}
