package dev.polymnia.remote;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A field of a request that an endpoint may refuse. One that we can do without is left out then:
/// the endpoint is asked again without it, and not sent it any more. One that a caller relies on is
/// [demanded][#isDemanded]: its call fails.
enum Feature {
    // The demanded ones come first: a refusal of a schema quotes names out of it, and those may be
    // names of other fields.
    SCHEMA("response_format|json[ _]schema", "a JSON Schema"),
    GRAMMAR("grammar|guided_grammar|structured_outputs|ebnf", "a grammar"),
    LOGIT_BIAS("logit_bias", "a logit bias"),
    TOOL_CHOICE("tool_choice", "a choice of tools"),
    /// The name of the limit of tokens that all know. Those that refuse it want
    /// `max_completion_tokens`; they say so.
    MAX_TOKENS("max_completion_tokens"),
    /// One letter is a word of many sentences; it counts as a field in quotes only.
    TOGETHER("n_cmpl|(?<=['\"`])n(?=['\"`])"),
    LOG_PROBABILITIES("(top_)?logprobs"),
    TEMPLATE_ARGUMENTS("chat_template_kwargs|enable_thinking"),
    USAGE("stream_options|include_usage"),
    SEED("seed"),
    TEMPERATURE("temperature"),
    TOP_P("top_p"),
    TOP_K("top_k"),
    MIN_P("min_p"),
    REPETITION("(repetition|repeat)_penalty");

    private final Pattern names;
    private final String demand;

    Feature(String names) {
        this(names, "");
    }

    Feature(String names, String demand) {
        this.names = Pattern.compile("\\b(" + names + ")\\b", Pattern.CASE_INSENSITIVE);
        this.demand = demand;
    }

    /// Returns whether a caller relies on it, so that it is never left out.
    boolean isDemanded() {
        return !demand.isEmpty();
    }

    /// Returns what a caller has demanded, for a person; empty if it is not
    /// [demanded][#isDemanded].
    String demand() {
        return demand;
    }

    /// Returns which of the fields that were sent an endpoint means by its refusal: the one that it
    /// names apart, else the first that it mentions.
    static Optional<Feature> blamed(Set<Feature> sent, Refusal refusal) {
        return named(sent, "'" + refusal.parameter() + "'").or(() -> named(sent, refusal.words()));
    }

    private static Optional<Feature> named(Set<Feature> sent, String words) {
        return sent.stream().filter(each -> each.names.matcher(words).find()).findFirst();
    }
}
