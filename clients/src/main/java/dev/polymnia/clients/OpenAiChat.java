package dev.polymnia.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;

/// openai-java, Chat Completions.
final class OpenAiChat implements Client {
    private final OpenAIClient client;

    OpenAiChat(String url) {
        client = OpenAIOkHttpClient.builder().baseUrl(url).apiKey("none").maxRetries(0).build();
    }

    @Override
    public String name() {
        return "openai-java, Chat Completions";
    }

    private static ChatCompletionCreateParams.Builder request(String model, String words) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(words)
                .maxCompletionTokens(96)
                .putAdditionalBodyProperty("polymnia", JsonValue.from(OWN));
    }

    private ChatCompletion ask(ChatCompletionCreateParams.Builder request) {
        return client.chat().completions().create(request.build());
    }

    private static String words(ChatCompletion got) {
        return got.choices().getFirst().message().content().orElse("");
    }

    @Override
    public void answer(String model) {
        ChatCompletion got = ask(request(model, QUESTION).topP(0.9));
        Check.words(words(got));
        Check.that(got.usage().orElseThrow().completionTokens() > 0, got);
        ChatCompletion.Choice.FinishReason reason = got.choices().getFirst().finishReason();
        Check.that(List.of("stop", "length").contains(reason.asString()), got);
    }

    @Override
    public void stream(String model) {
        ChatCompletionCreateParams request =
                request(model, QUESTION)
                        .reasoningEffort(ReasoningEffort.LOW)
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(request)) {
            chunks.stream().forEach(whole::accumulate);
        }
        Check.words(words(whole.chatCompletion()));
        Check.that(whole.chatCompletion().usage().orElseThrow().totalTokens() > 0, whole);
    }

    @Override
    public void tools(String model) {
        ChatCompletionCreateParams.Builder request =
                request(model, WEATHER).addTool(Forms.Weather.class);
        ChatCompletionNamedToolChoice named =
                ChatCompletionNamedToolChoice.builder()
                        .function(
                                ChatCompletionNamedToolChoice.Function.builder()
                                        .name(Forms.Weather.class.getSimpleName())
                                        .build())
                        .build();
        ChatCompletion.Choice choice = ask(request.toolChoice(named)).choices().getFirst();
        ChatCompletionMessage message = choice.message();
        Check.that(choice.finishReason().asString().equals("tool_calls"), choice);
        request.addMessage(message);
        for (ChatCompletionMessageToolCall call : message.toolCalls().orElseThrow()) {
            ChatCompletionMessageFunctionToolCall function = call.asFunction();
            Forms.Weather asked = function.function().arguments(Forms.Weather.class);
            Check.that(List.of(Forms.City.values()).contains(asked.city()), asked);
            request.addMessage(
                    ChatCompletionToolMessageParam.builder()
                            .toolCallId(function.id())
                            .content(RESULT)
                            .build());
        }
        Check.words(words(ask(request.toolChoice(ChatCompletionToolChoiceOption.Auto.NONE))));
    }

    @Override
    public void form(String model) {
        Forms.Painted got =
                client.chat()
                        .completions()
                        .create(
                                request(model, QUESTION)
                                        .maxCompletionTokens(200)
                                        .responseFormat(Forms.Painted.class)
                                        .build())
                        .choices()
                        .getFirst()
                        .message()
                        .content()
                        .orElseThrow();
        Check.that(List.of(Forms.Colour.values()).contains(got.colour()), got);
    }

    @Override
    public void errors(String model) {
        Check.refused(NotFoundException.class, "'x'", () -> ask(request("x", QUESTION)));
        Check.refused(
                BadRequestException.class,
                "temperature",
                () -> ask(request(model, QUESTION).temperature(9)));
    }

    @Override
    public void close() {
        client.close();
    }
}
