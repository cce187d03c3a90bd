package dev.polymnia.eval.log;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Media;
import dev.polymnia.core.message.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns messages into `ChatMessage`s. Each has an id of its own: Inspect takes two messages with
/// one id for the same message.
final class ChatMessages {
    private ChatMessages() {}

    /// Returns the messages of a conversation.
    ///
    /// @param scope what their ids are made from
    static ArrayNode input(List<Message> messages, String scope) {
        ArrayNode nodes = Parts.array();
        for (int i = 0; i < messages.size(); i++) {
            String id = Parts.id(scope, "input", Integer.toString(i));
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM -> nodes.add(plain("system", message, id));
                case USER -> nodes.add(plain("user", message, id));
                case ASSISTANT -> nodes.add(assistant(message, id));
                case TOOL -> nodes.addAll(tools(message, id));
            }
        }
        return nodes;
    }

    /// Returns what the model said.
    ///
    /// @param reasoning left out if it is empty
    static ObjectNode answer(String id, String model, String reasoning, String text) {
        ObjectNode node =
                Parts.object()
                        .put("id", id)
                        .put("role", "assistant")
                        .put("source", "generate")
                        .put("model", model);
        // A list and not a text: Inspect searches texts of the assistant for tags of reasoning.
        ArrayNode content = node.putArray("content");
        if (!reasoning.isEmpty()) {
            content.add(reasoning(reasoning));
        }
        content.add(text(text));
        return node;
    }

    private static ObjectNode plain(String role, Message message, String id) {
        ObjectNode node = Parts.object().put("id", id).put("role", role).put("source", "input");
        if (message.parts().size() == 1
                && message.parts().getFirst() instanceof Content.Text(String text)) {
            return node.put("content", text);
        }
        return node.set("content", contents(message.parts()));
    }

    private static ObjectNode assistant(Message message, String id) {
        ObjectNode node =
                Parts.object().put("id", id).put("role", "assistant").put("source", "input");
        node.set("content", contents(message.parts()));
        List<ObjectNode> calls = new ArrayList<>();
        for (Content part : message.parts()) {
            if (part instanceof Content.ToolCall call) {
                calls.add(call(call));
            }
        }
        if (!calls.isEmpty()) {
            node.putArray("tool_calls").addAll(calls);
        }
        return node;
    }

    private static List<ObjectNode> tools(Message message, String id) {
        List<ObjectNode> nodes = new ArrayList<>();
        for (Content part : message.parts()) {
            if (part instanceof Content.ToolResult result) {
                nodes.add(result(result, Parts.id(id, Integer.toString(nodes.size()))));
            }
        }
        return nodes.isEmpty() ? List.of(plain("tool", message, id)) : nodes;
    }

    private static ObjectNode result(Content.ToolResult result, String id) {
        ObjectNode node =
                Parts.object()
                        .put("id", id)
                        .put("role", "tool")
                        .put("source", "input")
                        .put("tool_call_id", result.callId())
                        .put("function", result.name());
        node.set("content", contents(result.parts()));
        if (result.failed()) {
            node.putObject("error").put("type", "unknown").put("message", result.text());
        }
        return node;
    }

    private static ObjectNode call(Content.ToolCall call) {
        ObjectNode node =
                Parts.object()
                        .put("id", call.id())
                        .put("function", call.name())
                        .put("type", "function");
        Optional<JsonNode> arguments = arguments(call.arguments());
        if (arguments.isEmpty()) {
            node.put("parse_error", "the arguments are not a JSON object: " + call.arguments());
        }
        return node.set("arguments", arguments.orElseGet(Parts::object));
    }

    private static Optional<JsonNode> arguments(String text) {
        try {
            return Optional.of(Parts.JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static ArrayNode contents(List<Content> parts) {
        ArrayNode nodes = Parts.array();
        for (Content part : parts) {
            switch (part) {
                case Content.Text(String text) -> nodes.add(text(text));
                case Content.Reasoning(String text) -> nodes.add(reasoning(text));
                case Content.Image(Media media) ->
                        nodes.addObject().put("type", "image").put("image", url(media));
                case Content.Audio(Media media) -> nodes.add(audio(media));
                case Content.ToolCall _, Content.ToolResult _ -> {
                    // They have fields of their own.
                }
            }
        }
        return nodes;
    }

    private static ObjectNode text(String text) {
        return Parts.object().put("type", "text").put("text", text);
    }

    private static ObjectNode reasoning(String text) {
        return Parts.object().put("type", "reasoning").put("reasoning", text);
    }

    /// Inspect knows two formats of sound; another one is named and left out.
    private static ObjectNode audio(Media media) {
        return switch (media.type()) {
            case "audio/wav", "audio/x-wav" -> audio(media, "wav");
            case "audio/mpeg", "audio/mp3" -> audio(media, "mp3");
            default -> text("(" + media + ")");
        };
    }

    private static ObjectNode audio(Media media, String format) {
        return Parts.object().put("type", "audio").put("audio", url(media)).put("format", format);
    }

    private static String url(Media media) {
        return "data:"
                + media.type()
                + ";base64,"
                + Base64.getEncoder().encodeToString(media.bytes());
    }
}
