package dev.polymnia.eval.log;

import static java.util.stream.Collectors.joining;

import dev.polymnia.core.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads an `EvalSample`. What is missing is empty: Inspect leaves out what is not set, and other
/// programs leave out more.
final class ForeignEntry {
    private static final String ATTACHMENT = "attachment://";
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    private final JsonNode sample;
    private final JsonNode attachments;

    private ForeignEntry(JsonNode sample) {
        this.sample = sample;
        this.attachments = sample.path("attachments");
    }

    /// Returns a sample.
    ///
    /// @param sample has an id
    /// @param scorer whose score is wanted; the first one if the sample has none of it
    static ForeignLog.Entry of(JsonNode sample, String scorer) {
        return new ForeignEntry(sample).entry(scorer);
    }

    /// Returns the tokens of a `ModelUsage`. Some of Inspect's providers count cached tokens among
    /// `input_tokens` and some do not; the total tells which.
    static Usage usage(JsonNode usage) {
        long input = count(usage, "input_tokens");
        long output = count(usage, "output_tokens");
        long read = count(usage, "input_tokens_cache_read");
        long written = count(usage, "input_tokens_cache_write");
        boolean inside = input + output == count(usage, "total_tokens");
        long prompt = inside ? input : input + read + written;
        long cached = Math.min(read, prompt);
        return new Usage(cached, prompt - cached, output);
    }

    private static long count(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asLong(0));
    }

    private ForeignLog.Entry entry(String scorer) {
        JsonNode output = sample.path("output");
        JsonNode choice = output.path("choices").path(0);
        JsonNode content = choice.path("message").path("content");
        String text = text(content);
        JsonNode score = score(scorer);
        return new ForeignLog.Entry(
                sample.path("id").asString(""),
                Math.max(1, sample.path("epoch").asInt(1)),
                question(),
                target(),
                text.isEmpty() ? output.path("completion").asString("") : text,
                parts(content, "reasoning"),
                Optional.of(score.path("answer"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue),
                number(score.path("value")),
                score.path("explanation").asString(""),
                Outputs.reason(choice.path("stop_reason").asString("")),
                tokens(),
                wall(),
                Optional.of(sample.path("error"))
                        .filter(JsonNode::isObject)
                        .map(error -> error.path("message").asString("")));
    }

    private JsonNode score(String scorer) {
        JsonNode scores = sample.path("scores");
        return scores.optional(scorer)
                .or(() -> scores.valueStream().findFirst())
                .orElseGet(() -> scores.path(scorer));
    }

    /// Returns the text of the last message of the user, or of the last one if there is none.
    private String question() {
        JsonNode input = sample.path("input");
        if (!input.isArray()) {
            return resolved(input.asString(""));
        }
        String question = "";
        boolean asked = false;
        for (JsonNode message : input) {
            boolean user = message.path("role").asString("").equals("user");
            if (user || !asked) {
                question = text(message.path("content"));
                asked |= user;
            }
        }
        return question;
    }

    private List<String> target() {
        JsonNode target = sample.path("target");
        List<String> texts = new ArrayList<>();
        if (target.isArray()) {
            target.forEach(each -> texts.add(each.asString("")));
        } else if (!target.asString("").isEmpty()) {
            texts.add(target.asString(""));
        }
        return texts;
    }

    private Usage tokens() {
        Usage sum = Usage.NONE;
        for (JsonNode usage : sample.path("model_usage")) {
            sum = sum.plus(usage(usage));
        }
        return sum.equals(Usage.NONE) ? usage(sample.path("output").path("usage")) : sum;
    }

    private Optional<Duration> wall() {
        double seconds = sample.path("total_time").asDouble(-1);
        return sample.path("total_time").isNumber() && seconds >= 0 && Double.isFinite(seconds)
                ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)))
                : Optional.empty();
    }

    private String text(JsonNode content) {
        return content.isString() ? resolved(content.stringValue()) : parts(content, "text");
    }

    /// Returns the parts of a kind, a line each; a part's text stands under the name of its kind.
    private String parts(JsonNode content, String kind) {
        return content.isArray()
                ? content.valueStream()
                        .filter(part -> part.path("type").asString("").equals(kind))
                        .map(part -> resolved(part.path(kind).asString("")))
                        .collect(joining("\n"))
                : "";
    }

    /// Returns a text that Inspect may have put aside because it occurs more than once.
    private String resolved(String text) {
        return text.startsWith(ATTACHMENT)
                ? attachments.path(text.substring(ATTACHMENT.length())).asString(text)
                : text;
    }

    /// Returns a score as a number, by the rules of Inspect's `value_to_float`; empty for lists,
    /// objects and NaN, which is how Inspect writes that nothing was scored.
    private static OptionalDouble number(JsonNode value) {
        if (value.isNumber()) {
            return finite(value.asDouble(Double.NaN));
        }
        if (value.isBoolean()) {
            return OptionalDouble.of(value.booleanValue() ? 1 : 0);
        }
        if (!value.isString()) {
            return OptionalDouble.empty();
        }
        String text = value.stringValue();
        return switch (text) {
            case "C" -> OptionalDouble.of(1);
            case "P" -> OptionalDouble.of(0.5);
            case "I", "N" -> OptionalDouble.of(0);
            default -> number(text.toLowerCase(Locale.ROOT));
        };
    }

    private static OptionalDouble finite(double number) {
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    private static OptionalDouble number(String text) {
        return switch (text) {
            case "yes", "true" -> OptionalDouble.of(1);
            case "no", "false" -> OptionalDouble.of(0);
            default ->
                    NUMBER.matcher(text).matches()
                            ? finite(Double.parseDouble(text))
                            : OptionalDouble.empty();
        };
    }
}
