package dev.polymnia.remote;

import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams.LogitBias;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.Constraint;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Sampling;
import dev.polymnia.core.model.ToolChoice;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Writes one request: what the endpoint is known to take and has not refused. Confined to one
/// thread, for one request.
final class RequestWriter {
    private final Endpoint endpoint;
    private final Habits habits;
    private final Faults faults;
    private final Set<Feature> sent = EnumSet.noneOf(Feature.class);
    private final ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder();

    RequestWriter(Endpoint endpoint, Habits habits, Faults faults) {
        this.endpoint = endpoint;
        this.habits = habits;
        this.faults = faults;
    }

    /// @param limit the most tokens of an answer; empty for what the context leaves
    /// @param answers how many are wanted
    /// @throws Fault with `UNSUPPORTED` if something is demanded that the endpoint has refused
    ChatCompletionCreateParams write(
            BranchRequest wanted, ReasoningSwitch reasoning, OptionalInt limit, int answers) {
        GenerationOptions options = wanted.options();
        request.model(endpoint.model());
        write(wanted.prompt());
        if (reasoning instanceof ReasoningSwitch.Tagged tagged) {
            arguments(wanted.prompt().reasoning() ? tagged.on() : tagged.off());
        }
        limit.ifPresent(this::limit);
        if (answers > 1 && use(Feature.TOGETHER)) {
            request.n(answers);
        }
        if (options.detail().logProbabilities() && use(Feature.LOG_PROBABILITIES)) {
            request.logprobs(true);
            int most = Math.max(options.detail().confidence(), options.detail().alternatives());
            if (most > 0) {
                request.topLogprobs(most);
            }
        }
        if (use(Feature.USAGE)) {
            request.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
        }
        write(options.sampling(), options.seed());
        write(options.constraint());
        if (!wanted.prompt().tools().isEmpty()) { // else it is refused, even if it is "none"
            write(options.toolChoice());
        }
        write(options.logitBias());
        return request.build();
    }

    /// Returns what was written of what may be refused.
    Set<Feature> sent() {
        return sent;
    }

    private void write(Prompt prompt) {
        prompt.messages().forEach(message -> MessageWriter.write(message, request));
        prompt.tools().forEach(tool -> request.addTool(MessageWriter.tool(tool)));
        if (prompt.beginning().isEmpty()) {
            return;
        }
        MessageWriter.write(Message.assistant(prompt.beginning()), request);
        if (endpoint.kind() == EndpointKind.VLLM) {
            extra("continue_final_message", true);
            extra("add_generation_prompt", false);
        }
    }

    private void arguments(Map<String, Object> variables) {
        if (!variables.isEmpty()
                && endpoint.kind().takesExtensions()
                && use(Feature.TEMPLATE_ARGUMENTS)) {
            extra("chat_template_kwargs", variables);
        }
    }

    private void limit(int tokens) {
        if (use(Feature.MAX_TOKENS)) {
            request.putAdditionalBodyProperty("max_tokens", JsonValue.from(tokens));
        } else {
            request.maxCompletionTokens(tokens);
        }
    }

    private void write(Sampling sampling, long seed) {
        if (use(Feature.TEMPERATURE)) {
            request.temperature(sampling.temperature());
        }
        if (use(Feature.TOP_P)) {
            request.topP(sampling.topP());
        }
        // What all endpoints take as a number: not negative, 31 bits.
        extra(Feature.SEED, "seed", seed & Integer.MAX_VALUE);
        if (!endpoint.kind().takesExtensions()) {
            return;
        }
        // Sent also where they are off: servers have defaults of their own.
        extra(Feature.TOP_K, "top_k", sampling.topK() == 0 ? -1 : sampling.topK());
        extra(Feature.MIN_P, "min_p", sampling.minP());
        extra(
                Feature.REPETITION,
                endpoint.kind() == EndpointKind.LLAMA_CPP ? "repeat_penalty" : "repetition_penalty",
                sampling.repetitionPenalty());
    }

    private void write(Constraint constraint) {
        switch (constraint) {
            case Constraint.Free _ -> {}
            case Constraint.JsonSchema(String schema) -> {
                demand(Feature.SCHEMA);
                request.responseFormat(responseFormat(schema));
            }
            case Constraint.Grammar(String gbnf) -> {
                demand(Feature.GRAMMAR);
                endpoint.kind().grammar(gbnf).forEach(this::extra);
            }
        }
    }

    private static ResponseFormatJsonSchema responseFormat(String schema) {
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(
                        ResponseFormatJsonSchema.JsonSchema.builder()
                                .name("answer")
                                .strict(true)
                                .schema(
                                        ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                                .putAllAdditionalProperties(
                                                        JsonSchemas.parse(schema))
                                                .build())
                                .build())
                .build();
    }

    private void write(ToolChoice choice) {
        switch (choice) {
            case ToolChoice.Auto _ -> {}
            case ToolChoice.None _ -> {
                demand(Feature.TOOL_CHOICE);
                request.toolChoice(ChatCompletionToolChoiceOption.Auto.NONE);
            }
            case ToolChoice.Required _ -> {
                demand(Feature.TOOL_CHOICE);
                request.toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED);
            }
            case ToolChoice.Named(String tool) -> {
                demand(Feature.TOOL_CHOICE);
                request.toolChoice(
                        ChatCompletionNamedToolChoice.builder()
                                .function(
                                        ChatCompletionNamedToolChoice.Function.builder()
                                                .name(tool)
                                                .build())
                                .build());
            }
        }
    }

    private void write(Map<Integer, Double> bias) {
        if (bias.isEmpty()) {
            return;
        }
        demand(Feature.LOGIT_BIAS);
        LogitBias.Builder sent = LogitBias.builder();
        bias.forEach((token, value) ->
                sent.putAdditionalProperty(String.valueOf(token), JsonValue.from(number(value))));
        request.logitBias(sent.build());
    }

    /// The specification wants whole numbers; those that are whole are written so.
    private static Number number(double value) {
        if (value == Math.rint(value)) {
            return (int) value;
        }
        return value;
    }

    private void demand(Feature feature) {
        if (!habits.takes(feature)) {
            throw faults.lacking(feature, Optional.empty());
        }
        sent.add(feature);
    }

    private void extra(Feature feature, String name, Object value) {
        if (use(feature)) {
            extra(name, value);
        }
    }

    private void extra(String name, Object value) {
        request.putAdditionalBodyProperty(name, JsonValue.from(value));
    }

    private boolean use(Feature feature) {
        return habits.takes(feature) && sent.add(feature);
    }
}
