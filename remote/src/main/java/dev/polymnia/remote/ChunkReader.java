package dev.polymnia.remote;

import static java.util.Comparator.comparingDouble;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob.TopLogprob;
import com.openai.models.completions.CompletionUsage;
import dev.polymnia.core.model.Detail;
import dev.polymnia.core.model.TokenDetail;
import dev.polymnia.core.model.TokenDetail.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes out of the library's chunks what is used of them. What is missing or of another type than
/// the specification says counts as not told: endpoints differ. Confined to one thread.
final class ChunkReader {
    /// Most endpoints say the second, vLLM and some others say the first, a few say both.
    private static final List<String> REASONING = List.of("reasoning", "reasoning_content");

    private final Detail detail;

    /// @param detail what is wanted of the tokens
    ChunkReader(Detail detail) {
        this.detail = detail;
    }

    Chunk read(ChatCompletionChunk chunk) {
        List<Chunk.Part> parts = new ArrayList<>();
        for (Choice choice : list(chunk._choices())) {
            parts.add(part(choice));
        }
        return new Chunk(parts, chunk._usage().asKnown().map(ChunkReader::usage));
    }

    private Chunk.Part part(Choice choice) {
        Optional<Choice.Delta> delta = choice._delta().asKnown();
        List<ChatCompletionTokenLogprob> tokens =
                choice._logprobs().asKnown().map(all -> list(all._content())).orElse(List.of());
        return new Chunk.Part(
                choice._index().asKnown().orElse(0L).intValue(),
                delta.map(each -> reasoning(each._allProperties())).orElse(""),
                delta.flatMap(ChunkReader::content).orElse(""),
                tokens.stream().map(this::detail).toList(),
                delta.map(each -> list(each._toolCalls())).orElse(List.of()).stream()
                        .map(ChunkReader::call)
                        .toList(),
                choice._finishReason().asKnown().map(Choice.FinishReason::asString).orElse(""));
    }

    private static Optional<String> content(Choice.Delta delta) {
        // A refusal is what the model says instead.
        return delta._content().asKnown().or(() -> delta._refusal().asKnown());
    }

    private static String reasoning(Map<String, JsonValue> fields) {
        return REASONING.stream()
                .map(name -> field(fields, name).map(node -> node.asText("")).orElse(""))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private TokenDetail detail(ChatCompletionTokenLogprob token) {
        // Some tell the sampled token first, whatever its place.
        List<Alternative> top =
                list(token._topLogprobs()).stream()
                        .map(ChunkReader::alternative)
                        .filter(each -> !Double.isNaN(each.logProbability()))
                        .sorted(comparingDouble(Alternative::logProbability).reversed())
                        .toList();
        return new TokenDetail(
                id(token._allProperties()),
                token._token().asKnown().orElse(""),
                atMostZero(token._logprob()),
                confidence(top),
                top.subList(0, Math.min(detail.alternatives(), top.size())));
    }

    private static Alternative alternative(TopLogprob told) {
        return new Alternative(
                id(told._allProperties()),
                told._token().asKnown().orElse(""),
                atMostZero(told._logprob()));
    }

    private double confidence(List<Alternative> top) {
        return detail.confidence() == 0
                ? Double.NaN
                : -top.stream()
                        .limit(detail.confidence())
                        .mapToDouble(Alternative::logProbability)
                        .average()
                        .orElse(Double.NaN);
    }

    /// Returns the number of a token; -1 if it is not told, as it is no part of the specification.
    private static int id(Map<String, JsonValue> fields) {
        return field(fields, "id").map(node -> node.asInt(-1)).orElse(-1);
    }

    /// Returns a logarithm, rounding errors above 0 taken away; NaN if it is not told.
    private static double atMostZero(JsonField<Double> value) {
        return Math.min(0, value.asKnown().orElse(Double.NaN));
    }

    private static Chunk.CallPart call(Choice.Delta.ToolCall call) {
        Optional<Choice.Delta.ToolCall.Function> function = call._function().asKnown();
        return new Chunk.CallPart(
                call._index().asKnown().orElse(0L).intValue(),
                call._id().asKnown().orElse(""),
                function.flatMap(each -> each._name().asKnown()).orElse(""),
                function.flatMap(each -> each._arguments().asKnown()).orElse(""));
    }

    private static Chunk.Reported usage(CompletionUsage usage) {
        return new Chunk.Reported(
                usage._promptTokens().asKnown().orElse(-1L),
                usage._promptTokensDetails()
                        .asKnown()
                        .flatMap(details -> details._cachedTokens().asKnown())
                        .orElse(0L),
                usage._completionTokens().asKnown().orElse(-1L));
    }

    private static Optional<JsonNode> field(Map<String, JsonValue> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(value -> value.convert(JsonNode.class));
    }

    private static <T> List<T> list(JsonField<List<T>> field) {
        return field.asKnown().orElse(List.of());
    }
}
