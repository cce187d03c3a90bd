package dev.polymnia.app.chat;

import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The lines of a conversation's file: the first says how it began, each other one is a turn. All
/// are JSON objects.
final class ConversationJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VERSION = 1;

    private ConversationJson() {}

    static String head(Conversation conversation) {
        return JSON.createObjectNode()
                .put("polymnia-conversation", VERSION)
                .put("id", conversation.id())
                .put("begun", conversation.begun().toString())
                .put("system", conversation.system())
                .toString();
    }

    static String line(Turn turn) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("at", turn.at().toString())
                        .put("mode", turn.mode().word())
                        .put("seed", turn.seed())
                        .put("partial", turn.partial());
        node.set("question", parts(turn.question()));
        node.set("answer", parts(turn.answer()));
        return node.toString();
    }

    /// Returns the conversation of a file's lines. A last line that was not written to its end is
    /// left out: the program or the machine stopped while it was.
    ///
    /// @throws IllegalArgumentException if they are not those of a conversation
    static Conversation read(List<String> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        Conversation conversation = head(lines.getFirst());
        for (int i = 1; i < lines.size(); i++) {
            Optional<JsonNode> line = parse(lines.get(i));
            if (line.isEmpty() && i == lines.size() - 1) {
                return conversation;
            }
            int number = i + 1;
            conversation =
                    conversation.plus(
                            turn(
                                    line.orElseThrow(() ->
                                            new IllegalArgumentException(
                                                    "line " + number + " is damaged"))));
        }
        return conversation;
    }

    private static Conversation head(String line) {
        JsonNode node =
                parse(line)
                        .filter(each -> each.path("polymnia-conversation").asInt(0) == VERSION)
                        .orElseThrow(() ->
                                new IllegalArgumentException("its first line is not that of one"));
        return checked(() ->
                new Conversation(
                        node.required("id").stringValue(),
                        Instant.parse(node.required("begun").stringValue()),
                        node.required("system").stringValue(),
                        List.of()));
    }

    private static Turn turn(JsonNode node) {
        return checked(() ->
                new Turn(
                        Instant.parse(node.required("at").stringValue()),
                        message(Role.USER, node.required("question")),
                        message(Role.ASSISTANT, node.required("answer")),
                        Mode.valueOf(node.required("mode").stringValue().toUpperCase(Locale.ROOT)),
                        node.required("seed").longValue(),
                        node.required("partial").booleanValue()));
    }

    private static ArrayNode parts(Message message) {
        ArrayNode parts = JSON.createArrayNode();
        for (Content part : message.parts()) {
            switch (part) {
                case Content.Text(String text) -> parts.addObject().put("text", text);
                case Content.Image(Media media) ->
                        parts.addObject().put("image", media.type()).put("data", media.bytes());
                case Content.Reasoning _,
                        Content.Audio _,
                        Content.ToolCall _,
                        Content.ToolResult _ ->
                        throw new IllegalArgumentException("a chat has no " + part);
            }
        }
        return parts;
    }

    private static Message message(Role role, JsonNode parts) {
        List<Content> contents = new ArrayList<>();
        for (JsonNode part : parts) {
            contents.add(
                    part.has("image")
                            ? new Content.Image(
                                    new Media(
                                            part.required("image").stringValue(),
                                            Base64.getDecoder()
                                                    .decode(part.required("data").stringValue())))
                            : new Content.Text(part.required("text").stringValue()));
        }
        return new Message(role, contents);
    }

    private static Optional<JsonNode> parse(String line) {
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static <T> T checked(Supplier<T> part) {
        try {
            return part.get();
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("a part is missing or wrong: " + e.getMessage(), e);
        }
    }
}
