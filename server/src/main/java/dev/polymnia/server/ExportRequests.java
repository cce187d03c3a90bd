package dev.polymnia.server;

import dev.polymnia.server.store.StoredConversation;
import dev.polymnia.server.store.StoredFile;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Sends conversations as files. Thread-safe.
///
/// @param conversations knows the one that a path names
record ExportRequests(ConversationRequests conversations) {
    /// Sends a conversation: all of it as JSON, the latest of its branches as Markdown, or both
    /// with the conversation's files as a ZIP.
    void export(Caller caller, ServerRequest request, ServerResponse response) {
        StoredConversation conversation = conversations.find(caller, request);
        switch (Pages.parameter(request, "format").orElse("json")) {
            case "json" -> {
                response.header(HeaderNames.CONTENT_DISPOSITION, "attachment");
                Bodies.send(response, conversations.whole(conversation).toPrettyString());
            }
            case "markdown" -> {
                response.header(HeaderNames.CONTENT_TYPE, "text/markdown; charset=utf-8");
                response.header(HeaderNames.CONTENT_DISPOSITION, "attachment");
                List<StoredMessage> messages = conversations.turns().messages(conversation.id());
                response.send(markdown(conversation, messages).getBytes(StandardCharsets.UTF_8));
            }
            case "zip" -> zip(conversation, response);
            default ->
                    throw ApiError.field(
                            "format", "'format' is unknown; send json, markdown or zip.");
        }
    }

    private void zip(StoredConversation conversation, ServerResponse response) {
        List<StoredMessage> messages = conversations.turns().messages(conversation.id());
        List<StoredFile> files = conversations.attachments().files().of(conversation.id());
        ZippedFiles zipped =
                new ZippedFiles(conversations.attachments().files(), ZipImport.FILES, files);
        ObjectNode body = ConversationRequests.whole(conversation, messages, files);
        zipped.locate(body);
        ZippedFiles.send(
                response,
                "conversation.zip",
                zip -> {
                    ZippedFiles.write(zip, "conversation.json", body.toPrettyString());
                    ZippedFiles.write(zip, "conversation.md", markdown(conversation, messages));
                    zipped.write(zip);
                });
    }

    private static String markdown(StoredConversation conversation, List<StoredMessage> messages) {
        StringBuilder page = new StringBuilder("# " + conversation.title() + "\n");
        Optional<StoredMessage> last =
                messages.stream()
                        .filter(message -> message.state() == State.WHOLE)
                        .reduce((_, later) -> later);
        for (StoredMessage message :
                last.map(it -> Turns.path(messages, it.id())).orElse(List.of())) {
            page.append(message.author() == Author.USER ? "\n## You\n\n" : "\n## Polymnia\n\n")
                    .append(message.text().strip())
                    .append('\n');
        }
        return page.toString();
    }
}
