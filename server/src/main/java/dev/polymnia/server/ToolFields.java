package dev.polymnia.server;

import dev.polymnia.agents.Wishes;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The tools of a request that its client runs. Stateless.
final class ToolFields {
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    private ToolFields() {}

    /// Reads a tool.
    ///
    /// @param fields with `name`, `description` and a JSON Schema
    /// @param schema the name of the schema's field
    /// @param readOnly the tools that change nothing
    static ToolSpec spec(Fields fields, String schema, Set<String> readOnly) {
        String name = fields.required("name");
        String parameters = fields.object(schema).map(it -> it.json()).orElse(NO_PARAMETERS);
        try {
            return new ToolSpec(
                    name,
                    fields.text("description").orElse(""),
                    parameters,
                    readOnly.contains(name));
        } catch (IllegalArgumentException e) {
            throw ApiError.field(fields.path("name"), e.getMessage() + ".");
        }
    }

    /// Checks that all tools that are said to change nothing are there.
    static void requireAll(Set<String> readOnly, List<ToolSpec> tools) {
        List<String> unknown = new ArrayList<>(readOnly);
        tools.forEach(tool -> unknown.remove(tool.name()));
        if (!unknown.isEmpty()) {
            throw ApiError.field(
                    "polymnia.read_only_tools",
                    "There is no tool '%s' in 'tools'; name one that is there."
                            .formatted(unknown.getFirst()));
        }
    }

    /// Reads which tool has to be called and whether several may be at once, in the words of
    /// OpenAI's APIs.
    ///
    /// @param named finds the name of a tool in a choice that is an object
    static Wishes wishes(Fields fields, Wishes wishes, NameOf named) {
        boolean several = fields.flag("parallel_tool_calls").orElse(true);
        return wishes.withTools(choice(fields, named), several ? Integer.MAX_VALUE : 1);
    }

    private static ToolChoice choice(Fields fields, NameOf named) {
        Optional<JsonNode> sent = fields.any("tool_choice");
        if (sent.isEmpty()) {
            return ToolChoice.AUTO;
        }
        if (!sent.get().isString()) {
            Fields object = new Fields(sent.get(), fields.path("tool_choice") + ".");
            requireFunction(object, "Only a function can be chosen; send the type function.");
            ToolChoice choice = new ToolChoice.Named(named.of(object));
            object.ignored(Set.of());
            return choice;
        }
        return switch (sent.get().asString()) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default ->
                    throw ApiError.field(
                            fields.path("tool_choice"),
                            "There is no choice %s; send none, auto, required, or the name of a function in an object."
                                    .formatted(sent.get()));
        };
    }

    /// Checks that a tool is a function.
    static void requireFunction(Fields tool) {
        requireFunction(tool, "Tools other than functions are not supported; leave them out.");
    }

    private static void requireFunction(Fields fields, String otherwise) {
        if (!fields.required("type").equals("function")) {
            throw ApiError.unsupported(fields.path("type"), otherwise);
        }
    }

    /// Reads a call that the assistant made earlier.
    ///
    /// @param id the name of the field with the call's id
    /// @param named has the tool's name
    /// @param arguments as the assistant wrote them
    static Content.ToolCall call(Fields fields, String id, Fields named, String arguments) {
        String callId = fields.required(id);
        String name = named.required("name");
        if (callId.isBlank() || name.isBlank()) {
            throw ApiError.field(
                    callId.isBlank() ? fields.path(id) : named.path("name"),
                    "A call has no id or no name; send both.");
        }
        return new Content.ToolCall(callId, name, arguments);
    }

    /// Finds the name of a tool in an object that chooses it.
    interface NameOf {
        String of(Fields choice);
    }
}
