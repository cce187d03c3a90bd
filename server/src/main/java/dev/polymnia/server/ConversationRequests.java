package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Label;
import dev.polymnia.server.people.Memory;
import dev.polymnia.server.people.Person;
import dev.polymnia.server.store.ConversationStore;
import dev.polymnia.server.store.Feedback;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredFile;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import dev.polymnia.server.store.StoredRun;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about conversations, which are seen by nobody but their person. Thread-safe.
///
/// @param turns answer in them
/// @param attachments are the files that messages are said with
/// @param recall knows what of a person's memory they are given
/// @param runs that answer
/// @param models that there are
/// @param time now
/// @param mostBytes of a request's body
record ConversationRequests(
        Turns turns,
        Attachments attachments,
        Recall recall,
        Runs runs,
        Models models,
        InstantSource time,
        int mostBytes) {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_TAGS = 20;
    private static final int MOST_FOUND = 50;

    private ConversationStore store() {
        return turns.conversations();
    }

    /// Begins a conversation, in which nothing is said yet.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        Instant now = time.instant();
        StoredConversation conversation =
                filed(
                        sent,
                        new StoredConversation(
                                "conversation-" + UUID.randomUUID(),
                                caller.spender().person(),
                                "",
                                "",
                                Set.of(),
                                false,
                                false,
                                now,
                                now));
        store().add(conversation);
        response.status(Status.CREATED_201);
        send(response, conversation);
    }

    /// Changes how a conversation is filed.
    void change(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation found = find(caller, request);
        Unchanged unchanged = Unchanged.of(request);
        Fields sent = new Fields(Bodies.read(request, mostBytes), "");
        StoredConversation after =
                store().change(
                                found.person(),
                                found.id(),
                                before -> {
                                    unchanged.require(
                                            "The conversation '%s'".formatted(before.title()),
                                            filing(before));
                                    return filed(sent, before);
                                },
                                sent.text("title").isPresent())
                        .orElseThrow(() -> missing(found.id()));
        send(response, after);
    }

    private static StoredConversation filed(Fields sent, StoredConversation before) {
        StoredConversation after =
                new StoredConversation(
                        before.id(),
                        before.person(),
                        sent.text("title").map(it -> label("title", it)).orElse(before.title()),
                        sent.text("folder").map(it -> label("folder", it)).orElse(before.folder()),
                        sent.any("tags").isPresent() ? tags(sent) : before.tags(),
                        sent.flag("pinned").orElse(before.pinned()),
                        sent.flag("archived").orElse(before.archived()),
                        before.created(),
                        before.changed());
        sent.ignored(Set.of());
        return after;
    }

    private static String label(String field, String text) {
        try {
            return text.isEmpty() ? "" : Label.of(text, LONGEST_NAME);
        } catch (Fault fault) {
            throw ApiError.field(field, fault.getMessage());
        }
    }

    private static Set<String> tags(Fields sent) {
        Set<String> tags = new HashSet<>();
        for (JsonNode tag : sent.array("tags")) {
            String word = tag.isString() ? label("tags", tag.asString()) : "";
            if (word.isEmpty() || word.contains(" ")) {
                throw ApiError.field("tags", "'tags' has something other than single words.");
            }
            tags.add(word);
        }
        if (tags.size() > MOST_TAGS) {
            throw ApiError.field(
                    "tags", "%d tags; send at most %d.".formatted(tags.size(), MOST_TAGS));
        }
        return tags;
    }

    /// Lists conversations, those first in which something was said last.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation.Filter filter =
                new StoredConversation.Filter(
                        Pages.parameter(request, "folder").orElse(""),
                        Pages.parameter(request, "tag").orElse(""),
                        Pages.parameter(request, "pinned").filter("true"::equals).isPresent(),
                        Pages.parameter(request, "archived").filter("true"::equals).isPresent());
        String body =
                Pages.of(
                        request,
                        (limit, after) ->
                                store().newest(caller.spender().person(), filter, limit, after),
                        ConversationRequests::put);
        Tag.of(body).send(request, response, body);
    }

    /// Tells a conversation and all its messages.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = find(caller, request);
        String body = whole(conversation).toString();
        Tag.of(filing(conversation), body).send(request, response, body);
    }

    /// Returns what can be changed of a conversation.
    private static String filing(StoredConversation conversation) {
        ObjectNode filing = RunJson.object();
        put(filing, conversation);
        // When something was said last is nobody's to change.
        filing.remove("changed");
        return filing.toString();
    }

    /// Returns a conversation with all that is kept of it but what is in its files.
    ObjectNode whole(StoredConversation conversation) {
        return whole(
                conversation,
                turns.messages(conversation.id()),
                attachments.files().of(conversation.id()));
    }

    /// Returns a conversation with all its messages, and what its files are.
    static ObjectNode whole(
            StoredConversation conversation, List<StoredMessage> messages, List<StoredFile> files) {
        ObjectNode body = RunJson.object();
        put(body, conversation);
        ArrayNode told = body.putArray("messages");
        messages.forEach(each -> put(told.addObject(), each));
        ArrayNode kept = body.putArray("files");
        files.forEach(each -> FileRequests.put(kept.addObject(), each));
        return body;
    }

    /// Removes a conversation; what is at work on it is ended before. As all that was said goes
    /// with it, all of it has to be as it was read, if that is wanted.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = find(caller, request);
        List<StoredMessage> messages = turns.messages(conversation.id());
        List<StoredFile> files = attachments.files().of(conversation.id());
        Unchanged unchanged = Unchanged.of(request);
        String what = "The conversation '%s'".formatted(conversation.title());
        String body = whole(conversation, messages, files).toString();
        unchanged.requireAll(what, Tag.of(filing(conversation), body));
        for (StoredMessage message : messages) {
            if (message.run() != null && message.state() == State.WRITING) {
                runs.end(message.run());
            }
        }
        if (!unchanged.isWanted()) {
            store().delete(conversation.id());
        } else if (!store().delete(conversation, messages.size(), files)) {
            throw unchanged.missed(what);
        }
        Bodies.sendDeleted(response, "conversation", conversation.id());
    }

    /// Says something, or has what was said answered once more; a run answers in the background.
    void say(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = find(caller, request);
        JsonNode read = Bodies.read(request, mostBytes);
        Fields sent = new Fields(read, "");
        ObjectNode body = (ObjectNode) read.deepCopy();
        if (body.has("messages")) {
            throw ApiError.unsupported(
                    "messages", "The conversation has the messages; leave 'messages' out.");
        }
        Optional<String> parent = sent.text("parent");
        Optional<String> text = sent.text("text");
        List<StoredMessage> path =
                parent.map(id -> Turns.path(turns.messages(conversation.id()), id))
                        .orElseGet(ArrayList::new);
        List<StoredMessage> added = new ArrayList<>();
        List<String> files = attachments.named(sent, conversation.id());
        text.ifPresent(
                words -> added.add(question(conversation, parent.orElse(null), words, files)));
        path.addAll(added);
        if (path.isEmpty() || path.getLast().author() != Author.USER) {
            throw ApiError.field(
                    "text",
                    "'text' is missing; send what is said, or as 'parent' what was said and is to"
                            + " be answered once more.");
        }
        if (text.isEmpty() && !files.isEmpty()) {
            throw ApiError.field(
                    "files",
                    "Files belong to what is said; send 'text' with them, or neither to have the"
                            + " question answered once more with those that it has.");
        }
        attachments.requireRoom(path, mostBytes);
        List<Memory> memories = memories(caller, sent, path.getLast().text());
        body.remove(List.of("parent", "text", "memory", "files"));
        if (!body.has("model")) {
            body.put("model", "thinking");
        }
        Turns.put(body, memories, path);
        Inquiry inquiry =
                ChatRequest.of(attachments.filled(body), models.of(body).info()).inquiry();
        Consumer<StoredRun> say =
                begun -> {
                    added.add(answer(conversation, path, begun, memories));
                    store().say(added);
                    if (conversation.title().isEmpty()) {
                        store().call(conversation.id(), firstWords(path.getFirst().text()));
                    }
                };
        StoredRun run = runs.background().answer(caller, inquiry, body, Turns.newId(), say);
        ObjectNode told = RunJson.object();
        ArrayNode messages = told.putArray("messages");
        added.forEach(message -> put(messages.addObject(), message));
        RunObjects.put(told.putObject("run"), run);
        response.status(Status.ACCEPTED_202);
        Bodies.send(response, told.toString());
    }

    private List<Memory> memories(Caller caller, Fields sent, String question) {
        Person person = caller.person();
        return person != null && sent.flag("memory").orElse(true)
                ? recall.of(person, question)
                : List.of();
    }

    private StoredMessage answer(
            StoredConversation conversation,
            List<StoredMessage> path,
            StoredRun run,
            List<Memory> memories) {
        return new StoredMessage(
                newId(),
                conversation.id(),
                path.getLast().id(),
                Author.ASSISTANT,
                "",
                run.id(),
                State.WRITING,
                memories.stream().map(Memory::id).toList(),
                time.instant());
    }

    private StoredMessage question(
            StoredConversation conversation,
            @Nullable String parent,
            String text,
            List<String> files) {
        if (text.isBlank()) {
            throw ApiError.field("text", "'text' is empty; send what is said.");
        }
        return new StoredMessage(
                newId(),
                conversation.id(),
                parent,
                Author.USER,
                text,
                null,
                State.WHOLE,
                List.of(),
                files,
                null,
                time.instant());
    }

    private static String newId() {
        return "message-" + UUID.randomUUID();
    }

    /// Returns what a conversation is called as long as nobody calls it otherwise.
    private static String firstWords(String text) {
        return Label.cut(text.strip().lines().findFirst().orElse(""), Titles.LONGEST);
    }

    /// Finds messages with some words, the newest first.
    void search(Caller caller, ServerRequest request, ServerResponse response) {
        String words =
                Pages.parameter(request, "q")
                        .orElseThrow(() ->
                                ApiError.field("q", "'q' is missing; send the words to look for."));
        ObjectNode body = RunJson.object();
        body.put("object", "list");
        ArrayNode data = body.putArray("data");
        for (StoredMessage.Found found :
                store().search(caller.spender().person(), words, MOST_FOUND)) {
            data.addObject()
                    .put("id", found.id())
                    .put("conversation", found.conversation())
                    .put("title", found.title())
                    .put("snippet", found.snippet());
        }
        Bodies.send(response, body.toString());
    }

    /// Returns the caller's conversation that the path names.
    StoredConversation find(Caller caller, ServerRequest request) {
        String id = request.path().pathParameters().get("conversation");
        return store().find(caller.spender().person(), id).orElseThrow(() -> missing(id));
    }

    private static Fault missing(String id) {
        return new Fault(
                Fault.Code.NOT_FOUND,
                "There is no conversation '%s'; GET /api/conversations lists them.".formatted(id));
    }

    /// Sends a conversation without what was said in it, and the tag that all of it has.
    private void send(ServerResponse response, StoredConversation conversation) {
        Tag.of(filing(conversation), whole(conversation).toString()).tell(response);
        ObjectNode body = RunJson.object();
        put(body, conversation);
        Bodies.send(response, body.toString());
    }

    private static void put(ObjectNode object, StoredConversation conversation) {
        object.put("id", conversation.id());
        object.put("object", "conversation");
        object.put("title", conversation.title());
        object.put("folder", conversation.folder());
        ArrayNode tags = object.putArray("tags");
        conversation.tags().stream().sorted().forEach(tags::add);
        object.put("pinned", conversation.pinned());
        object.put("archived", conversation.archived());
        object.put("created", conversation.created().getEpochSecond());
        object.put("changed", conversation.changed().getEpochSecond());
    }

    static void put(ObjectNode object, StoredMessage message) {
        object.put("id", message.id());
        object.put("object", "message");
        object.put("parent", message.parent());
        object.put("author", message.author().word());
        object.put("text", message.text());
        object.put("run", message.run());
        object.put("state", message.state().word());
        ArrayNode memories = object.putArray("memories");
        message.memories().forEach(memories::add);
        ArrayNode files = object.putArray("files");
        message.files().forEach(files::add);
        Feedback feedback = message.feedback();
        if (feedback == null) {
            object.putNull("feedback");
        } else {
            object.putObject("feedback")
                    .put("rating", feedback.rating().word())
                    .put("comment", feedback.comment());
        }
        object.put("created", message.created().getEpochSecond());
    }
}
