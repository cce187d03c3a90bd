package dev.polymnia.clients;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// LangChain4j's client for OpenAI, Chat Completions.
final class LangChain4jChat implements Client {
    private static final Map<String, Object> MORE = Map.of("polymnia", OWN);

    /// As the other clients wait; this one would give up after a minute, on slow machines too
    /// early.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final String url;

    LangChain4jChat(String url) {
        this.url = url;
    }

    @Override
    public String name() {
        return "LangChain4j OpenAI";
    }

    private OpenAiChatModel.OpenAiChatModelBuilder model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey("none")
                .modelName(name)
                .maxCompletionTokens(96)
                .maxRetries(0)
                .timeout(LONGEST)
                .strictJsonSchema(true)
                // Else it does not say that there are no other properties.
                .strictTools(true)
                .customParameters(MORE);
    }

    private static ChatRequest.Builder request(ChatMessage... messages) {
        return ChatRequest.builder().messages(messages);
    }

    private static void check(ChatResponse got) {
        Check.words(got.aiMessage().text());
        Check.that(got.tokenUsage().outputTokenCount() > 0, got);
    }

    @Override
    public void answer(String name) {
        ChatResponse got =
                model(name).seed(2).build().chat(request(UserMessage.from(QUESTION)).build());
        check(got);
        Check.that(
                List.of(FinishReason.STOP, FinishReason.LENGTH).contains(got.finishReason()), got);
    }

    @Override
    public void stream(String name) {
        OpenAiStreamingChatModel model =
                OpenAiStreamingChatModel.builder()
                        .baseUrl(url)
                        .apiKey("none")
                        .modelName(name)
                        .maxCompletionTokens(96)
                        .reasoningEffort("low")
                        .timeout(LONGEST)
                        .customParameters(MORE)
                        .build();
        StringBuilder parts = new StringBuilder();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat(
                request(UserMessage.from(QUESTION)).build(),
                new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String part) {
                        parts.append(part);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        whole.completeExceptionally(error);
                    }
                });
        ChatResponse got = whole.join();
        check(got);
        Check.that(got.aiMessage().text().contentEquals(parts), got);
    }

    @Override
    public void tools(String name) {
        ToolSpecification weather =
                ToolSpecification.builder()
                        .name("weather")
                        .parameters(
                                JsonObjectSchema.builder()
                                        .addEnumProperty("city", List.of("ROME", "OSLO"))
                                        .required("city")
                                        .additionalProperties(false)
                                        .build())
                        .build();
        OpenAiChatModel model = model(name).build();
        UserMessage asked = UserMessage.from(WEATHER);
        AiMessage called =
                model.chat(
                                request(asked)
                                        .toolSpecifications(weather)
                                        .toolChoice(ToolChoice.REQUIRED)
                                        .build())
                        .aiMessage();
        Check.that(called.hasToolExecutionRequests(), called);
        List<ChatMessage> messages = new ArrayList<>(List.of(asked, called));
        for (ToolExecutionRequest call : called.toolExecutionRequests()) {
            Check.that(call.arguments().matches("(?s).*\"(ROME|OSLO)\".*"), call);
            messages.add(ToolExecutionResultMessage.from(call, RESULT));
        }
        check(
                model.chat(
                        ChatRequest.builder()
                                .messages(messages)
                                .toolSpecifications(weather)
                                .toolChoice(ToolChoice.NONE)
                                .build()));
    }

    @Override
    public void form(String name) {
        ResponseFormat form =
                ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(
                                JsonSchema.builder()
                                        .name("painted")
                                        .rootElement(
                                                JsonObjectSchema.builder()
                                                        .addEnumProperty(
                                                                "colour", List.of("RED", "GREEN"))
                                                        .required("colour")
                                                        .additionalProperties(false)
                                                        .build())
                                        .build())
                        .build();
        ChatResponse got =
                model(name)
                        .maxCompletionTokens(200)
                        .build()
                        .chat(request(UserMessage.from(QUESTION)).responseFormat(form).build());
        Check.that(got.aiMessage().text().matches("(?s).*\"(RED|GREEN)\".*"), got);
    }

    @Override
    public void errors(String name) {
        ChatRequest request = request(UserMessage.from(QUESTION)).build();
        Check.refused(ModelNotFoundException.class, "'x'", () -> model("x").build().chat(request));
        Check.refused(
                InvalidRequestException.class,
                "temperature",
                () -> model(name).temperature(9.0).build().chat(request));
    }

    @Override
    public void close() {
        // It keeps nothing open.
    }
}
