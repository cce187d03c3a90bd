package dev.polymnia.server;

import dev.polymnia.server.store.ConversationStore;
import dev.polymnia.server.store.Feedback;
import dev.polymnia.server.store.StoredMessage;
import dev.polymnia.server.store.StoredMessage.Author;
import dev.polymnia.server.store.StoredMessage.State;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests about what people think of answers. Thread-safe.
///
/// @param conversations knows the one that a path names
record FeedbackRequests(ConversationRequests conversations) {
    private ConversationStore store() {
        return conversations.turns().conversations();
    }

    /// Keeps what somebody thinks of an answer, in place of what they thought before.
    void give(Caller caller, ServerRequest request, ServerResponse response) {
        StoredMessage answer = answer(caller, request);
        Fields sent = new Fields(Bodies.read(request, conversations.mostBytes()), "");
        String word = sent.required("rating");
        String comment = sent.text("comment").orElse("").strip();
        sent.ignored(Set.of());
        Feedback.Rating rating =
                Feedback.Rating.of(word)
                        .orElseThrow(() ->
                                ApiError.field(
                                        "rating",
                                        "There is no rating '%s'; send good or bad."
                                                .formatted(word)));
        if (comment.length() > Feedback.LONGEST_COMMENT) {
            throw ApiError.field(
                    "comment",
                    "The comment has %d characters; send at most %d."
                            .formatted(comment.length(), Feedback.LONGEST_COMMENT));
        }
        rate(response, answer, new Feedback(rating, comment));
    }

    /// Takes that back.
    void withdraw(Caller caller, ServerRequest request, ServerResponse response) {
        rate(response, answer(caller, request), null);
    }

    private void rate(ServerResponse response, StoredMessage answer, @Nullable Feedback feedback) {
        store().rate(answer.id(), feedback);
        ObjectNode body = RunJson.object();
        ConversationRequests.put(body, answer.withFeedback(feedback));
        Bodies.send(response, body.toString());
    }

    private StoredMessage answer(Caller caller, ServerRequest request) {
        String conversation = conversations.find(caller, request).id();
        String id = request.path().pathParameters().get("message");
        StoredMessage message =
                conversations.turns().messages(conversation).stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                ApiError.refused(
                                        404,
                                        "unknown_message",
                                        "There is no message '%s' in this conversation."
                                                .formatted(id)));
        if (message.author() != Author.ASSISTANT || message.state() != State.WHOLE) {
            throw ApiError.refused(
                    409,
                    "no_answer",
                    "The message '%s' is no answer that is whole; feedback is for those."
                            .formatted(id));
        }
        return message;
    }
}
