package dev.polymnia.server;

import dev.polymnia.core.Fault;
import dev.polymnia.server.people.Sha256;
import dev.polymnia.server.store.FileLimits;
import dev.polymnia.server.store.FileStore;
import dev.polymnia.server.store.FileStore.Kept;
import dev.polymnia.server.store.NewFile;
import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredFile;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about the files of a conversation, which are seen by nobody but its person.
/// Thread-safe.
///
/// @param conversations knows the one that a path names
/// @param limits how much is kept
record FileRequests(ConversationRequests conversations, FileLimits limits) {
    private FileStore store() {
        return conversations.attachments().files();
    }

    /// Keeps a file: the body as it is. What it is called stands in the address, what it is, in its
    /// bytes.
    void create(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = conversations.find(caller, request);
        byte[] content = Bodies.bytes(request, conversations.mostBytes());
        requireLength(content.length);
        NewFile file =
                file(
                        conversation.id(),
                        conversation.person(),
                        request.query().contains("name") ? request.query().get("name") : "",
                        content,
                        conversations.time().instant());
        require(store().add(file, limits), limits);
        ObjectNode body = RunJson.object();
        put(body, file.file());
        response.status(Status.CREATED_201);
        Bodies.send(response, body.toString());
    }

    private void requireLength(int length) {
        if (length == 0) {
            throw ApiError.refused(
                    400, "empty_file", "The file has no bytes; send it as the body.");
        }
        if (length > limits.fileBytes()) {
            throw ApiError.refused(
                    413,
                    "too_large",
                    "The file has %d bytes; one may have %d at the most."
                            .formatted(length, limits.fileBytes()));
        }
    }

    /// Returns a file that is new here.
    ///
    /// @param name as its sender calls it
    static NewFile file(
            String conversation, String person, String name, byte[] content, Instant created) {
        return new NewFile(
                new StoredFile(
                        "file-" + UUID.randomUUID(),
                        conversation,
                        person,
                        FileName.of(name),
                        FileKind.of(content).type(),
                        content.length,
                        Sha256.of(content),
                        created),
                content);
    }

    /// Checks what came of a wish to keep files.
    ///
    /// @throws ApiError if they are not kept
    static void require(Kept kept, FileLimits limits) {
        switch (kept) {
            case ALL -> {}
            case GONE ->
                    throw new Fault(
                            Fault.Code.NOT_FOUND,
                            "The conversation is gone; GET /api/conversations lists those that are"
                                    + " there.");
            case TOO_MANY ->
                    throw full(
                            "too_many_files",
                            "A conversation has %d files at the most; delete one before."
                                    .formatted(limits.perConversation()));
            case CONVERSATION_FULL ->
                    throw full(
                            "conversation_full",
                            "The files of a conversation have %d bytes together at the most; delete one before."
                                    .formatted(limits.conversationBytes()));
            case PERSON_FULL ->
                    throw full(
                            "person_full",
                            "The files of a person have %d bytes together at the most; delete some before."
                                    .formatted(limits.personBytes()));
        }
    }

    private static ApiError full(String code, String message) {
        return ApiError.refused(413, code, message);
    }

    /// Lists the files of a conversation, the oldest first.
    void list(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = conversations.find(caller, request);
        Bodies.sendList(response, store().of(conversation.id()), FileRequests::put);
    }

    /// Sends what is in a file, to be saved and not shown.
    void get(Caller caller, ServerRequest request, ServerResponse response) {
        StoredFile file = find(caller, request);
        byte[] content = store().content(file.id()).orElseThrow(() -> unknown(file.id()));
        response.header(HeaderNames.CONTENT_TYPE, FileKind.named(file.type()).sentAs());
        response.header(HeaderNames.CONTENT_DISPOSITION, FileName.disposition(file.name()));
        response.send(content);
    }

    /// Deletes a file; messages that were said with it stay.
    void delete(Caller caller, ServerRequest request, ServerResponse response) {
        StoredFile file = find(caller, request);
        store().delete(file.conversation(), file.id());
        Bodies.sendDeleted(response, "file", file.id());
    }

    private StoredFile find(Caller caller, ServerRequest request) {
        StoredConversation conversation = conversations.find(caller, request);
        String id = request.path().pathParameters().get("file");
        return store().find(id)
                .filter(file -> file.conversation().equals(conversation.id()))
                .orElseThrow(() -> unknown(id));
    }

    private static Fault unknown(String id) {
        return new Fault(
                Fault.Code.NOT_FOUND,
                "There is no file '%s' in this conversation; GET …/files lists them."
                        .formatted(id));
    }

    /// Puts what a file is.
    static void put(ObjectNode object, StoredFile file) {
        object.put("id", file.id());
        object.put("object", "file");
        object.put("name", file.name());
        object.put("type", file.type());
        object.put("size", file.size());
        object.put("sha256", file.digest());
        object.put("created", file.created().getEpochSecond());
    }
}
