package dev.polymnia.remote;

import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.BranchRequest;
import dev.polymnia.core.model.GenerationOptions;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.model.ReasoningSwitch;
import dev.polymnia.core.model.Sampling;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Writes one request: what the endpoint is known to take and has not refused. Confined to one
/// thread, for one request.
final class RequestWriter {
    private final Endpoint endpoint;
    private final Habits habits;
    private final Set<Feature> sent = EnumSet.noneOf(Feature.class);
    private final ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder();

    RequestWriter(Endpoint endpoint, Habits habits) {
        this.endpoint = endpoint;
        this.habits = habits;
    }

    /// @param limit the most tokens of an answer; empty for what the context leaves
    /// @param answers how many are wanted
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
            if (options.detail().confidence() > 0) {
                request.topLogprobs(options.detail().confidence());
            }
        }
        if (use(Feature.USAGE)) {
            request.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
        }
        write(options.sampling(), options.seed());
        return request.build();
    }

    /// Returns what was written and can be left out.
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
