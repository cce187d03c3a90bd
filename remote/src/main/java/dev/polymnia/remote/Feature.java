package dev.polymnia.remote;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A field of a request that we can do without. An endpoint that refuses one is asked again without
/// it, and not sent it any more.
enum Feature {
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

    Feature(String names) {
        this.names = Pattern.compile("\\b(" + names + ")\\b");
    }

    /// Returns which of the fields that were sent an endpoint means by its refusal.
    ///
    /// @param sent the fields
    /// @param parameter the field that it names apart; may be empty
    /// @param words what it says
    static Optional<Feature> blamed(Set<Feature> sent, String parameter, String words) {
        String all = "'" + parameter + "' " + words;
        return sent.stream().filter(each -> each.names.matcher(all).find()).findFirst();
    }
}
