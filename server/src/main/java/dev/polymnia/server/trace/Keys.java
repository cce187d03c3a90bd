package dev.polymnia.server.trace;

import dev.polymnia.core.model.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;

/// What spans tell: after the [conventions for generative
/// AI](https://github.com/open-telemetry/semantic-conventions-genai) where they have a name for it.
final class Keys {
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> AGENT_NAME = AttributeKey.stringKey("gen_ai.agent.name");
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<Long> SEED = AttributeKey.longKey("gen_ai.request.seed");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> RUN = AttributeKey.stringKey("polymnia.run");
    static final AttributeKey<String> MODE = AttributeKey.stringKey("polymnia.mode");
    static final AttributeKey<Boolean> GOES_ON = AttributeKey.booleanKey("polymnia.goes_on");
    static final AttributeKey<Double> WAITED = AttributeKey.doubleKey("polymnia.waited_seconds");
    static final AttributeKey<Long> AGENTS = AttributeKey.longKey("polymnia.agents");
    static final AttributeKey<Long> MONEY = AttributeKey.longKey("polymnia.money_millionths");
    static final AttributeKey<String> END = AttributeKey.stringKey("polymnia.end");
    static final AttributeKey<Boolean> PARTIAL = AttributeKey.booleanKey("polymnia.partial");
    static final AttributeKey<String> STOP = AttributeKey.stringKey("polymnia.stop");
    static final AttributeKey<String> JOIN = AttributeKey.stringKey("polymnia.join");
    static final AttributeKey<Long> LEADER = AttributeKey.longKey("polymnia.votes.leader");
    static final AttributeKey<Long> ANSWERS = AttributeKey.longKey("polymnia.votes.answers");
    static final AttributeKey<Long> SILENT = AttributeKey.longKey("polymnia.votes.silent");
    static final AttributeKey<Long> PENDING = AttributeKey.longKey("polymnia.votes.pending");

    static final AttributeKey<Long> AGENT = AttributeKey.longKey("polymnia.agent");
    static final AttributeKey<Long> WAVE = AttributeKey.longKey("polymnia.wave");
    static final AttributeKey<Boolean> VOTES = AttributeKey.booleanKey("polymnia.agent.votes");
    static final AttributeKey<Double> CONFIDENCE =
            AttributeKey.doubleKey("polymnia.agent.confidence");
    static final AttributeKey<Boolean> TOOL_FAILED =
            AttributeKey.booleanKey("polymnia.tool.failed");
    static final AttributeKey<Long> TOOL_AGENTS = AttributeKey.longKey("polymnia.tool.agents");

    private static final AttributeKey<Long> INPUT =
            AttributeKey.longKey("gen_ai.usage.input_tokens");
    private static final AttributeKey<Long> OUTPUT =
            AttributeKey.longKey("gen_ai.usage.output_tokens");
    private static final AttributeKey<Long> CACHED =
            AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");

    private Keys() {}

    /// Returns what a prompt cost.
    static Attributes read(int cached, int computed) {
        return Attributes.of(INPUT, (long) cached + computed, CACHED, (long) cached);
    }

    /// Says what was used.
    static void tell(Span span, Usage usage) {
        span.setAttribute(INPUT, usage.prompt());
        span.setAttribute(OUTPUT, usage.generated());
        span.setAttribute(CACHED, usage.cached());
    }

    /// Says that it came to nothing.
    ///
    /// @param code of a fault, in small letters
    static void fail(Span span, String code) {
        span.setStatus(StatusCode.ERROR, code);
        span.setAttribute(ERROR, code);
    }
}
