package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.server.people.Secret;
import dev.polymnia.server.store.ConversationStore;
import dev.polymnia.server.store.ShareStore;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredFile;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.State;
import dev.polymnia.server.store.StoredShare;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about links by which others read a conversation. Thread-safe.
///
/// @param conversations knows the one that a path names
/// @param store keeps the links
record ShareRequests(ConversationRequests conversations, ShareStore store) {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 365;
    private static final int MOST = 100;

    /// Makes a link; the only answer that shows its secret.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = conversations.find(caller, request);
        Fields sent = new Fields(Bodies.read(request, conversations.mostBytes()), "");
        List<StoredMessage> all = conversations.turns().messages(conversation.id());
        String last = sent.text("message").orElseGet(() -> latest(all));
        Duration lasts =
                Duration.ofDays(sent.whole("days", 1, MOST_DAYS).orElse((long) USUAL_DAYS));
        sent.ignored(Set.of());
        // It is there, and whole.
        Turns.path(all, last);
        if (store.shares(conversation.id()).size() >= MOST) {
            throw ApiError.refused(
                    409,
                    "too_many_shares",
                    "There are %d links to this conversation; take one back before."
                            .formatted(MOST));
        }
        Instant now = conversations.time().instant();
        Secret secret = Secret.random();
        StoredShare share =
                new StoredShare(
                        "share-" + UUID.randomUUID(),
                        conversation.id(),
                        last,
                        now,
                        now.plus(lasts));
        store.add(share, secret.digest());
        ObjectNode body = RunJson.object();
        put(body.put("secret", secret.text()), share);
        response.status(Status.CREATED_201);
        Bodies.send(response, body.toString());
    }

    private static String latest(List<StoredMessage> all) {
        return all.reversed().stream()
                .filter(message -> message.state() == State.WHOLE)
                .findFirst()
                .map(StoredMessage::id)
                .orElseThrow(() ->
                        ApiError.field("message", "Nothing is said yet that could be shared."));
    }

    /// Lists the links to a conversation, the oldest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = conversations.find(caller, request);
        Bodies.sendList(response, store.shares(conversation.id()), ShareRequests::put);
    }

    /// Takes a link back.
    void withdraw(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = conversations.find(caller, request);
        String id = request.path().pathParameters().get("share");
        store.withdraw(conversation.id(), id);
        Bodies.sendDeleted(response, "share", id);
    }

    /// Tells what is shared to whoever has the secret: what was said, with the names of files, and
    /// nothing of who.
    void read(Caller caller, ServerRequest request, ServerResponse response) {
        Fields sent = new Fields(Bodies.read(request, conversations.mostBytes()), "");
        String secret = sent.required("share");
        sent.ignored(Set.of());
        Instant now = conversations.time().instant();
        StoredShare share =
                store.shared(new Secret(secret).digest())
                        .filter(it -> now.isBefore(it.expires()))
                        .orElseThrow(() ->
                                ApiError.refused(
                                        404,
                                        "unknown_share",
                                        "There is nothing shared so: it has ended or was taken"
                                                + " back; ask for another link."));
        ConversationStore said = conversations.turns().conversations();
        StoredConversation conversation = said.find(share.conversation()).orElseThrow();
        ObjectNode body = RunJson.object();
        body.put("object", "shared");
        body.put("title", conversation.title());
        ArrayNode messages = body.putArray("messages");
        Map<String, StoredFile> files = conversations.attachments().byId(conversation.id());
        for (StoredMessage message :
                Turns.path(said.messages(conversation.id()), share.message())) {
            if (message.state() == State.WHOLE) {
                ArrayNode names =
                        messages.addObject()
                                .put("author", message.author().word())
                                .put("text", message.text())
                                .put("created", message.created().getEpochSecond())
                                .putArray("files");
                message.files().stream()
                        .filter(files::containsKey)
                        .forEach(id -> names.add(requireNonNull(files.get(id)).name()));
            }
        }
        Bodies.send(response, body.toString());
    }

    private static void put(ObjectNode object, StoredShare share) {
        object.put("id", share.id());
        object.put("object", "share");
        object.put("conversation", share.conversation());
        object.put("message", share.message());
        object.put("created", share.created().getEpochSecond());
        object.put("expires", share.expires().getEpochSecond());
    }
}
