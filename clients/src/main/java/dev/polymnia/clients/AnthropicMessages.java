package dev.polymnia.clients;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolChoiceTool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// anthropic-java, Messages.
final class AnthropicMessages implements Client {
    private static final List<StopReason> ANSWERED =
            List.of(StopReason.END_TURN, StopReason.MAX_TOKENS);
    private static final Tool TOOL =
            Tool.builder()
                    .name("weather")
                    .inputSchema(
                            Tool.InputSchema.builder()
                                    .properties(
                                            Tool.InputSchema.Properties.builder()
                                                    .putAdditionalProperty(
                                                            "city",
                                                            JsonValue.from(
                                                                    Map.of(
                                                                            "type",
                                                                            "string",
                                                                            "enum",
                                                                            List.of(
                                                                                    "ROME",
                                                                                    "OSLO"))))
                                                    .build())
                                    .addRequired("city")
                                    .putAdditionalProperty(
                                            "additionalProperties", JsonValue.from(false))
                                    .build())
                    .build();

    private final AnthropicClient client;

    AnthropicMessages(String url) {
        client =
                AnthropicOkHttpClient.builder()
                        .baseUrl(url.replaceFirst("/v1$", ""))
                        .apiKey("none")
                        .maxRetries(0)
                        .build();
    }

    @Override
    public String name() {
        return "anthropic-java, Messages";
    }

    private static MessageCreateParams.Builder request(String model, String words) {
        return MessageCreateParams.builder()
                .model(model)
                .addUserMessage(words)
                .maxTokens(96)
                .putAdditionalBodyProperty("polymnia", JsonValue.from(OWN));
    }

    private Message ask(MessageCreateParams.Builder request) {
        return client.messages().create(request.build());
    }

    private static String words(Message got) {
        return got.content().stream()
                .flatMap(block -> block.text().stream())
                .map(TextBlock::text)
                .collect(Collectors.joining());
    }

    private static void checkUsage(Usage usage) {
        Check.that(usage.outputTokens() > 0, usage);
        long read =
                usage.inputTokens()
                        + usage.cacheReadInputTokens().orElseThrow()
                        + usage.cacheCreationInputTokens().orElseThrow();
        Check.that(read > 0, usage);
    }

    @Override
    public void answer(String model) {
        Message got = ask(request(model, QUESTION).system("Be brief."));
        Check.words(words(got));
        checkUsage(got.usage());
        Check.that(ANSWERED.contains(got.stopReason().orElseThrow()), got);
        MessageCountTokensParams counted =
                MessageCountTokensParams.builder().model(model).addUserMessage(QUESTION).build();
        Check.that(client.messages().countTokens(counted).inputTokens() > 0, model);
    }

    @Override
    public void stream(String model) {
        MessageCreateParams request =
                request(model, QUESTION).maxTokens(1200).enabledThinking(1024).build();
        MessageAccumulator whole = MessageAccumulator.create();
        StringBuilder deltas = new StringBuilder();
        try (StreamResponse<RawMessageStreamEvent> events =
                client.messages().createStreaming(request)) {
            events.stream()
                    .forEach(event -> {
                        whole.accumulate(event);
                        event.contentBlockDelta()
                                .flatMap(delta -> delta.delta().text())
                                .ifPresent(text -> deltas.append(text.text()));
                    });
        }
        Check.words(deltas.toString());
        Check.that(words(whole.message()).contentEquals(deltas), whole.message());
        checkUsage(whole.message().usage());
    }

    @Override
    public void tools(String model) {
        MessageCreateParams.Builder request = request(model, WEATHER).addTool(TOOL);
        Message got = ask(request.toolChoice(ToolChoiceTool.builder().name("weather").build()));
        Check.that(got.stopReason().orElseThrow().equals(StopReason.TOOL_USE), got);
        List<ToolUseBlock> calls =
                got.content().stream()
                        .filter(ContentBlock::isToolUse)
                        .map(ContentBlock::asToolUse)
                        .toList();
        Check.that(!calls.isEmpty(), got);
        for (ToolUseBlock call : calls) {
            Forms.Weather asked = call._input().convert(Forms.Weather.class);
            Check.that(asked != null && List.of(Forms.City.values()).contains(asked.city()), call);
        }
        request.addMessage(got)
                .addUserMessageOfContentBlockParams(
                        calls.stream().map(AnthropicMessages::result).toList())
                .toolChoice(ToolChoiceNone.builder().build());
        Check.words(words(ask(request)));
    }

    private static ContentBlockParam result(ToolUseBlock call) {
        return ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder().toolUseId(call.id()).content(RESULT).build());
    }

    @Override
    public void form(String model) {
        Forms.Painted got =
                client
                        .messages()
                        .create(
                                request(model, QUESTION)
                                        .maxTokens(200)
                                        .outputConfig(Forms.Painted.class)
                                        .build())
                        .content()
                        .stream()
                        .flatMap(block -> block.text().stream())
                        .findFirst()
                        .orElseThrow()
                        .text();
        Check.that(List.of(Forms.Colour.values()).contains(got.colour()), got);
    }

    @Override
    public void errors(String model) {
        Check.refused(NotFoundException.class, "'x'", () -> ask(request("x", QUESTION)));
        Check.refused(
                BadRequestException.class,
                "max_tokens",
                () -> ask(request(model, QUESTION).maxTokens(0)));
    }

    @Override
    public void close() {
        client.close();
    }
}
