package dev.polymnia.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.message.ToolSpec;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Reads what LangChain4j asks. Thread-safe.
///
/// @param model the model's own name
/// @param options how it asks
record Requests(String model, PolymniaOptions options) {
    private static final String ANY_OBJECT = "{\"type\":\"object\"}";
    private static final long SEEDS = 1_000_000;

    /// Returns the run that answers a request.
    ///
    /// @throws UnsupportedFeatureException for what would change the answer and is not known
    /// @throws dev.polymnia.core.Fault as [RunRequest]
    RunRequest of(ChatRequest request) {
        requireKnown(request);
        List<ToolSpec> tools =
                Optional.ofNullable(request.toolSpecifications()).orElse(List.of()).stream()
                        .map(this::tool)
                        .toList();
        long seed = options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
        return new RunRequest(
                        "chat-" + UUID.randomUUID(),
                        messages(request.messages()),
                        mode(request.modelName()),
                        options.budget(),
                        seed,
                        options.agents(),
                        new Cancellation())
                .withClientTools(tools)
                .withWishes(wishes(request));
    }

    private static void requireKnown(ChatRequest request) {
        requireNone("topK", request.topK());
        requireNone("frequencyPenalty", request.frequencyPenalty());
        requireNone("presencePenalty", request.presencePenalty());
    }

    private static void requireNone(String name, @Nullable Number value) {
        if (value != null && value.doubleValue() != 0) {
            throw new UnsupportedFeatureException(
                    "'%s' is %s, which would change the answer and is not supported; leave it out."
                            .formatted(name, value));
        }
    }

    private Mode mode(@Nullable String name) {
        if (name == null || name.equals(model)) {
            return options.mode();
        }
        return Stream.of(Mode.values())
                .filter(mode -> mode.word().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UnsupportedFeatureException(
                                "There is no model '%s'; name a mode (instant, thinking, contemplating), %s, or nothing."
                                        .formatted(name, model)));
    }

    private static Wishes wishes(ChatRequest request) {
        return Wishes.NONE
                .withSampling(
                        Optional.ofNullable(request.temperature()),
                        Optional.ofNullable(request.topP()))
                .withEnd(
                        Optional.ofNullable(request.maxOutputTokens()),
                        Optional.ofNullable(request.stopSequences()).orElse(List.of()))
                .withForm(form(request.responseFormat()))
                .withTools(choice(request), Integer.MAX_VALUE);
    }

    private static ToolChoice choice(ChatRequest request) {
        dev.langchain4j.model.chat.request.ToolChoice choice = request.toolChoice();
        if (choice == null) {
            return ToolChoice.AUTO;
        }
        return switch (choice) {
            case AUTO -> ToolChoice.AUTO;
            case REQUIRED -> ToolChoice.REQUIRED;
            case NONE -> ToolChoice.NONE;
        };
    }

    private static Constraint form(@Nullable ResponseFormat format) {
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return Constraint.NONE;
        }
        return new Constraint.JsonSchema(
                format.jsonSchema() == null
                        ? ANY_OBJECT
                        : schema(format.jsonSchema().rootElement()));
    }

    private static String schema(JsonSchemaElement element) {
        return JsonMapper.shared().writeValueAsString(JsonSchemaElementUtils.toMap(element));
    }

    private ToolSpec tool(ToolSpecification tool) {
        return new ToolSpec(
                tool.name(),
                Optional.ofNullable(tool.description()).orElse(""),
                tool.parameters() == null ? ANY_OBJECT : schema(tool.parameters()),
                options.readOnlyTools().contains(tool.name()));
    }

    private static List<Message> messages(List<ChatMessage> sent) {
        List<Message> messages = new ArrayList<>();
        List<Content> results = new ArrayList<>();
        for (ChatMessage each : sent) {
            if (each instanceof ToolExecutionResultMessage result) {
                results.add(result(result));
                continue;
            }
            flush(messages, results);
            messages.add(message(each));
        }
        flush(messages, results);
        return messages;
    }

    /// All results of a turn are one message.
    private static void flush(List<Message> messages, List<Content> results) {
        if (!results.isEmpty()) {
            messages.add(new Message(Role.TOOL, results));
            results.clear();
        }
    }

    private static Message message(ChatMessage sent) {
        return switch (sent) {
            case SystemMessage system -> Message.system(system.text());
            case UserMessage user -> new Message(Role.USER, texts(user.contents()));
            case AiMessage answer -> answer(answer);
            default ->
                    throw new UnsupportedFeatureException(
                            "Messages of the type %s are not supported; leave them out."
                                    .formatted(sent.type()));
        };
    }

    private static Message answer(AiMessage answer) {
        List<Content> parts = new ArrayList<>();
        if (answer.text() != null) {
            parts.add(new Content.Text(answer.text()));
        }
        for (ToolExecutionRequest call : answer.toolExecutionRequests()) {
            parts.add(new Content.ToolCall(call.id(), call.name(), call.arguments()));
        }
        return new Message(Role.ASSISTANT, parts);
    }

    private static Content result(ToolExecutionResultMessage result) {
        return new Content.ToolResult(
                result.id(),
                result.toolName(),
                texts(result.contents()),
                Boolean.TRUE.equals(result.isError()));
    }

    private static List<Content> texts(List<dev.langchain4j.data.message.Content> contents) {
        List<Content> texts = new ArrayList<>();
        for (dev.langchain4j.data.message.Content content : contents) {
            if (!(content instanceof TextContent text)) {
                throw new UnsupportedFeatureException(
                        "Parts of the type %s are not supported; send text."
                                .formatted(content.type()));
            }
            texts.add(new Content.Text(text.text()));
        }
        return texts;
    }
}
