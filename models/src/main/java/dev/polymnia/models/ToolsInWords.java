package dev.polymnia.models;

import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.platform.OwnTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tools for a model whose chat template has no place for them, or writes calls in a way that is
/// not known here: the system message says what there is and how to call it, as JSON
/// ([dev.polymnia.models.toolcall.ToolCallFormat#JSON]); calls and results of earlier turns are
/// told as words. Stateless.
final class ToolsInWords {
    private static final String TEMPLATE = "tools.txt";

    private ToolsInWords() {}

    /// Returns a prompt without tools that says the same.
    static Prompt of(Prompt prompt) {
        List<Message> told = new ArrayList<>();
        for (Message message : prompt.messages()) {
            add(told, plain(message));
        }
        if (!prompt.tools().isEmpty()) {
            String tools = told(prompt.tools());
            boolean system = told.getFirst().role() == Role.SYSTEM;
            String own = system ? told.removeFirst().text().strip() : "";
            told.addFirst(Message.system(own.isEmpty() ? tools : own + "\n\n" + tools));
        }
        return prompt.withMessages(told).withTools(List.of());
    }

    /// Templates may want the roles to take turns, so what one side says twice is one message.
    private static void add(List<Message> told, Message message) {
        if (told.isEmpty() || told.getLast().role() != message.role()) {
            told.add(message);
            return;
        }
        List<Content> parts = new ArrayList<>(told.removeLast().parts());
        parts.add(new Content.Text("\n\n"));
        parts.addAll(message.parts());
        told.add(new Message(message.role(), parts));
    }

    private static Message plain(Message message) {
        List<Content> parts = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        for (Content part : message.parts()) {
            switch (part) {
                case Content.ToolCall call -> calls.add(told(call));
                case Content.ToolResult result -> {
                    parts.add(
                            new Content.Text(
                                    (parts.isEmpty() ? "" : "\n\n")
                                            + (result.failed() ? "Error of " : "Result of ")
                                            + result.name()
                                            + ":\n"));
                    parts.addAll(result.parts());
                }
                case Content.Text _, Content.Reasoning _, Content.Image _, Content.Audio _ ->
                        parts.add(part);
            }
        }
        if (!calls.isEmpty()) {
            parts.add(
                    new Content.Text(
                            calls.stream()
                                    .collect(
                                            Collectors.joining(
                                                    "\n", parts.isEmpty() ? "" : "\n", ""))));
        }
        return new Message(message.role() == Role.TOOL ? Role.USER : message.role(), parts);
    }

    private static String told(Content.ToolCall call) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", call.name());
        told.put("parameters", ChatVariables.arguments(call));
        return ChatVariables.json(told);
    }

    private static String told(List<ToolSpec> tools) {
        String listed =
                tools.stream()
                        .map(tool -> ChatVariables.json(ChatVariables.function(tool)))
                        .collect(Collectors.joining("\n"));
        return OwnTexts.read(ToolsInWords.class.getResourceAsStream(TEMPLATE), TEMPLATE)
                .replace("@TOOLS@", listed)
                .strip();
    }
}
