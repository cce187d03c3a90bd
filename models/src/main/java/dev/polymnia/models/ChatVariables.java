package dev.polymnia.models;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.ToolSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Turns messages and tools into the plain maps that chat templates read: the shapes of OpenAI's
/// chat completions, with a tool call's arguments as an object. Keys keep their order, because
/// templates write some of the maps out.
final class ChatVariables {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
            new TypeReference<>() {};

    private ChatVariables() {}

    static List<Map<String, Object>> messages(List<Message> messages) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Message message : messages) {
            addTurn(message, all);
        }
        return all;
    }

    static List<Map<String, Object>> tools(List<ToolSpec> tools) {
        return tools.stream().map(ChatVariables::tool).toList();
    }

    /// Adds a message as one map, and after it one of role `tool` for each tool result.
    private static void addTurn(Message message, List<Map<String, Object>> all) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<Map<String, Object>> calls = new ArrayList<>();
        List<Map<String, Object>> results = new ArrayList<>();
        for (Content part : message.parts()) {
            switch (part) {
                case Content.Text(String words) -> text.append(words);
                case Content.Reasoning(String words) -> reasoning.append(words);
                case Content.ToolCall call -> calls.add(call(call));
                case Content.ToolResult result -> results.add(result(result));
                case Content.Image _ -> throw unreadable("pictures");
                case Content.Audio _ -> throw unreadable("sound");
            }
        }
        if (results.isEmpty() || !text.isEmpty() || !calls.isEmpty()) {
            all.add(turn(message, text.toString(), reasoning.toString(), calls));
        }
        all.addAll(results);
    }

    private static Map<String, Object> turn(
            Message message, String text, String reasoning, List<Map<String, Object>> calls) {
        Map<String, Object> turn = new LinkedHashMap<>();
        turn.put("role", message.role().name().toLowerCase(Locale.ROOT));
        turn.put("content", text);
        if (!reasoning.isEmpty()) {
            turn.put("reasoning_content", reasoning);
        }
        if (!calls.isEmpty()) {
            turn.put("tool_calls", calls);
        }
        return turn;
    }

    private static Map<String, Object> call(Content.ToolCall call) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", call.name());
        function.put("arguments", arguments(call));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "function");
        map.put("id", call.id());
        map.put("function", function);
        return map;
    }

    /// Returns a call's arguments as an object. A model may have written nonsense; it is shown its
    /// own words rather than nothing.
    static Object arguments(Content.ToolCall call) {
        return object(call.arguments()).<Object>map(value -> value).orElse(call.arguments());
    }

    /// Returns a value as JSON on one line.
    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    private static Map<String, Object> result(Content.ToolResult result) {
        for (Content part : result.parts()) {
            if (part instanceof Content.Image || part instanceof Content.Audio) {
                throw unreadable("pictures and sound");
            }
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("role", "tool");
        map.put("name", result.name());
        map.put("tool_call_id", result.callId());
        map.put("content", result.text());
        return map;
    }

    private static Map<String, Object> tool(ToolSpec tool) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "function");
        map.put("function", function(tool));
        return map;
    }

    /// Returns a tool's name, description and parameters.
    ///
    /// @throws Fault `INVALID` if the parameters are no JSON object
    static Map<String, Object> function(ToolSpec tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        function.put("description", tool.description());
        function.put(
                "parameters",
                object(tool.parameters())
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Code.INVALID,
                                        "The parameters of the tool "
                                                + tool.name()
                                                + " are not a JSON object: "
                                                + tool.parameters()
                                                + ". Write a JSON Schema.")));
        return function;
    }

    /// Returns a JSON object as a map; empty if the text is something else.
    private static Optional<Map<String, Object>> object(String json) {
        try {
            Optional<Map<String, Object>> object =
                    Optional.ofNullable(JSON.readValue(json, OBJECT));
            object.ifPresent(map -> map.replaceAll((_, value) -> plain(value)));
            return object;
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Returns a JSON value that templates can read: they know no number beyond `long` but real
    /// ones.
    @SuppressWarnings("unchecked")
    private static Object plain(Object value) {
        switch (value) {
            case Map<?, ?> map ->
                    ((Map<String, Object>) map).replaceAll((_, inner) -> plain(inner));
            case List<?> list -> ((List<Object>) list).replaceAll(ChatVariables::plain);
            case BigInteger number -> {
                return number.doubleValue();
            }
            case null, default -> {}
        }
        return value;
    }

    private static Fault unreadable(String what) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "This model reads words only; the conversation holds "
                        + what
                        + ". Leave them out, or use another model.");
    }
}
