package dev.polymnia.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponseOutputMessage;
import com.openai.models.responses.ToolChoiceFunction;
import com.openai.models.responses.ToolChoiceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// openai-java, Responses.
final class OpenAiResponses implements Client {
    private static final List<ResponseStatus> ANSWERED =
            List.of(ResponseStatus.COMPLETED, ResponseStatus.INCOMPLETE);

    private final OpenAIClient client;

    OpenAiResponses(String url) {
        client = OpenAIOkHttpClient.builder().baseUrl(url).apiKey("none").maxRetries(0).build();
    }

    @Override
    public String name() {
        return "openai-java, Responses";
    }

    @Override
    public List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>(Client.super.scenarios());
        all.add(new Scenario("background", this::background));
        return all;
    }

    private static ResponseCreateParams.Builder request(String model, String words) {
        return ResponseCreateParams.builder()
                .model(model)
                .input(words)
                .maxOutputTokens(96)
                .putAdditionalBodyProperty("polymnia", JsonValue.from(OWN));
    }

    private Response ask(ResponseCreateParams.Builder request) {
        return client.responses().create(request.build());
    }

    private static String words(Response got) {
        return got.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(ResponseOutputText::text)
                .collect(Collectors.joining());
    }

    private static ResponseStatus status(Response got) {
        return got.status().orElseThrow();
    }

    @Override
    public void answer(String model) {
        Response got = ask(request(model, QUESTION).instructions("Be brief."));
        Check.words(words(got));
        Check.that(got.usage().orElseThrow().outputTokens() > 0, got);
        Check.that(ANSWERED.contains(status(got)), got);
        Check.words(words(ask(request(model, "Sure?").previousResponseId(got.id()))));
        Check.that(words(client.responses().retrieve(got.id())).equals(words(got)), got);
    }

    @Override
    public void stream(String model) {
        ResponseCreateParams request =
                request(model, QUESTION)
                        .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
                        .build();
        ResponseAccumulator whole = ResponseAccumulator.create();
        StringBuilder deltas = new StringBuilder();
        try (StreamResponse<ResponseStreamEvent> events =
                client.responses().createStreaming(request)) {
            events.stream()
                    .forEach(event -> {
                        whole.accumulate(event);
                        event.outputTextDelta().ifPresent(delta -> deltas.append(delta.delta()));
                    });
        }
        Check.words(deltas.toString());
        Check.that(words(whole.response()).contentEquals(deltas), whole.response());
        Check.that(ANSWERED.contains(status(whole.response())), whole.response());
    }

    @Override
    public void tools(String model) {
        Response got =
                ask(
                        request(model, WEATHER)
                                .addTool(Forms.Weather.class)
                                .toolChoice(
                                        ToolChoiceFunction.builder()
                                                .name(Forms.Weather.class.getSimpleName())
                                                .build()));
        List<ResponseFunctionToolCall> calls =
                got.output().stream()
                        .filter(ResponseOutputItem::isFunctionCall)
                        .map(ResponseOutputItem::asFunctionCall)
                        .toList();
        Check.that(!calls.isEmpty(), got);
        for (ResponseFunctionToolCall call : calls) {
            Forms.Weather asked = call.arguments(Forms.Weather.class);
            Check.that(List.of(Forms.City.values()).contains(asked.city()), asked);
        }
        ResponseCreateParams.Builder again =
                request(model, "")
                        .inputOfResponse(calls.stream().map(OpenAiResponses::result).toList())
                        .previousResponseId(got.id())
                        .addTool(Forms.Weather.class)
                        .toolChoice(ToolChoiceOptions.NONE);
        Check.words(words(ask(again)));
    }

    private static ResponseInputItem result(ResponseFunctionToolCall call) {
        return ResponseInputItem.ofFunctionCallOutput(
                ResponseInputItem.FunctionCallOutput.builder()
                        .callId(call.callId())
                        .output(RESULT)
                        .build());
    }

    @Override
    public void form(String model) {
        Forms.Painted got =
                client
                        .responses()
                        .create(
                                request(model, QUESTION)
                                        .maxOutputTokens(200)
                                        .text(Forms.Painted.class)
                                        .build())
                        .output()
                        .stream()
                        .flatMap(item -> item.message().stream())
                        .flatMap(message -> message.content().stream())
                        .map(StructuredResponseOutputMessage.Content::asOutputText)
                        .findFirst()
                        .orElseThrow();
        Check.that(List.of(Forms.Colour.values()).contains(got.colour()), got);
    }

    private void background(String model) {
        Response got = ask(request(model, QUESTION).background(true));
        Check.that(status(got).equals(ResponseStatus.IN_PROGRESS), got);
        while (status(got).equals(ResponseStatus.IN_PROGRESS)) {
            got = client.responses().retrieve(got.id());
        }
        Check.that(ANSWERED.contains(status(got)), got);
        Check.words(words(got));
        Response story =
                ask(request(model, "Tell a long story.").background(true).maxOutputTokens(2000));
        Response ended = client.responses().cancel(story.id());
        Check.that(
                status(ended).equals(ResponseStatus.CANCELLED) || ANSWERED.contains(status(ended)),
                ended);
    }

    @Override
    public void errors(String model) {
        Check.refused(NotFoundException.class, "'x'", () -> ask(request("x", QUESTION)));
        Check.refused(
                NotFoundException.class, "resp_x", () -> client.responses().retrieve("resp_x"));
        Check.refused(
                BadRequestException.class, "top_p", () -> ask(request(model, QUESTION).topP(9)));
    }

    @Override
    public void close() {
        client.close();
    }
}
