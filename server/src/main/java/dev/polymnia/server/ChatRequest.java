package dev.polymnia.server;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.TeamChoice;
import dev.polymnia.agents.Wishes;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A request for a chat completion.
///
/// The mode is what `polymnia.mode` says, else the model's name, else `reasoning_effort`, else
/// Thinking.
///
/// @param model as the client named it
/// @param run what is to be answered
/// @param streamed whether the answer comes in pieces
/// @param countsUsage whether a stream ends with what was used
/// @param events whether the run's events are told, too
/// @param ignored fields that change nothing, for the client to know
record ChatRequest(
        String model,
        RunRequest run,
        boolean streamed,
        boolean countsUsage,
        boolean events,
        List<String> ignored) {
    /// Nothing of these changes an answer.
    private static final Set<String> HARMLESS =
            Set.of(
                    "metadata",
                    "parallel_tool_calls",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "service_tier",
                    "store",
                    "user");

    private static final int USUAL_AGENTS = 8;
    private static final int MOST_STOPS = 4;
    private static final int MOST_MESSAGES = 10_000;
    private static final double LONGEST_SECONDS = 86_400;

    /// Copies the parts.
    ChatRequest {
        ignored = List.copyOf(ignored);
    }

    /// Reads a body.
    ///
    /// @param info of the model that answers
    /// @throws ApiError that names the field that is wrong
    /// @throws Fault `NOT_FOUND` if there is no such model, or as [RunRequest]
    static ChatRequest of(JsonNode body, ModelInfo info) {
        Fields fields = new Fields(body, "");
        String name =
                fields.text("model")
                        .orElseThrow(() ->
                                ApiError.field(
                                        "model", "'model' is missing; GET /v1/models lists them."));
        ModelName model = ModelName.of(name, info);
        requireUsual(fields);
        Optional<Fields> own = fields.object("polymnia");
        Optional<Mode> effort = fields.text("reasoning_effort").map(ChatRequest::effort);
        Mode mode =
                own.flatMap(it -> it.text("mode").map(word -> mode(it, word)))
                        .or(model::mode)
                        .or(() -> effort)
                        .orElse(Mode.THINKING);
        List<String> ignored = new ArrayList<>();
        Wishes wishes = wishes(fields, mode, ignored);
        long seed =
                fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE)
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000));
        RunRequest run =
                new RunRequest(
                                "chatcmpl-" + UUID.randomUUID(),
                                messages(fields),
                                mode,
                                own.map(ChatRequest::budget).orElse(Budget.UNLIMITED),
                                seed,
                                own.flatMap(it -> it.whole("agents", 2, RunRequest.MOST_AGENTS))
                                        .map(Math::toIntExact)
                                        .orElse(USUAL_AGENTS),
                                new Cancellation())
                        .withTeam(own.map(ChatRequest::team).orElse(TeamChoice.PROFILE))
                        .withWishes(wishes);
        boolean events = own.flatMap(it -> it.flag("events")).orElse(false);
        boolean streamed = fields.flag("stream").orElse(false);
        Optional<Fields> streaming = fields.object("stream_options");
        boolean counts = streaming.flatMap(it -> it.flag("include_usage")).orElse(false);
        own.ifPresent(it -> it.ignored(Set.of()));
        streaming.ifPresent(it -> it.ignored(Set.of("include_obfuscation")));
        ignored.addAll(fields.ignored(HARMLESS));
        return new ChatRequest(name, run, streamed, counts, events, ignored);
    }

    /// Refuses what is known and not supported, unless its value is the usual one.
    private static void requireUsual(Fields fields) {
        fields.whole("n", 1, 1);
        fields.number("presence_penalty", 0, 0);
        fields.number("frequency_penalty", 0, 0);
        requireNot(fields, "logprobs", fields.flag("logprobs").orElse(false));
        requireNot(fields, "tools", !fields.array("tools").isEmpty());
        String choice = fields.any("tool_choice").map(value -> value.asString("")).orElse("auto");
        requireNot(fields, "tool_choice", !Set.of("auto", "none").contains(choice));
        String format =
                fields.object("response_format").flatMap(it -> it.text("type")).orElse("text");
        requireNot(fields, "response_format", !format.equals("text"));
    }

    private static void requireNot(Fields fields, String field, boolean wanted) {
        if (wanted) {
            throw ApiError.unsupported(
                    fields.path(field),
                    "'%s' is not supported yet; leave it out.".formatted(field));
        }
    }

    private static Mode mode(Fields own, String word) {
        return Stream.of(Mode.values())
                .filter(mode -> mode.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.field(
                                own.path("mode"),
                                "There is no mode '%s'; send instant, thinking or contemplating."
                                        .formatted(word)));
    }

    private static Mode effort(String word) {
        return switch (word) {
            case "none", "minimal" -> Mode.INSTANT;
            case "low", "medium" -> Mode.THINKING;
            case "high", "xhigh" -> Mode.CONTEMPLATING;
            default ->
                    throw ApiError.field(
                            "reasoning_effort",
                            "There is no effort '%s'; send none or minimal (instant), low or medium (thinking), high or xhigh (contemplating)."
                                    .formatted(word));
        };
    }

    private static Wishes wishes(Fields fields, Mode mode, List<String> ignored) {
        Optional<Double> temperature = fields.number("temperature", 0, 2);
        Optional<Double> topP = fields.number("top_p", Double.MIN_VALUE, 1);
        if (mode == Mode.CONTEMPLATING) {
            temperature.ifPresent(_ -> ignored.add("temperature"));
            topP.ifPresent(_ -> ignored.add("top_p"));
        }
        Optional<Integer> most =
                fields.whole("max_completion_tokens", 1, Integer.MAX_VALUE)
                        .or(() -> fields.whole("max_tokens", 1, Integer.MAX_VALUE))
                        .map(Math::toIntExact);
        // The older name says nothing where the newer one is there.
        fields.any("max_tokens");
        return Wishes.NONE.withSampling(temperature, topP).withEnd(most, stops(fields));
    }

    private static List<String> stops(Fields fields) {
        Optional<JsonNode> sent = fields.any("stop");
        if (sent.filter(JsonNode::isString).isPresent()) {
            return List.of(sent.get().asString());
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : fields.array("stop")) {
            if (!stop.isString() || stop.asString().isEmpty() || stops.size() == MOST_STOPS) {
                throw ApiError.field(
                        "stop",
                        "'stop' is a string or an array of at most four, none of them empty.");
            }
            stops.add(stop.asString());
        }
        return stops;
    }

    private static Budget budget(Fields own) {
        Optional<Fields> limits = own.object("budget");
        Budget budget = Budget.UNLIMITED;
        if (limits.isEmpty()) {
            return budget;
        }
        Fields sent = limits.get();
        Optional<Long> tokens = sent.whole("tokens", 1, Long.MAX_VALUE - 1);
        Optional<Double> seconds = sent.number("seconds", 0.001, LONGEST_SECONDS);
        sent.ignored(Set.of());
        budget = tokens.map(budget::withTokens).orElse(budget);
        return seconds.map(value -> Duration.ofNanos((long) (value * 1e9)))
                .map(budget::withTime)
                .orElse(budget);
    }

    private static TeamChoice team(Fields own) {
        return TeamChoice.PROFILE
                .withExplanation(own.flag("explain").orElse(false))
                .withCheck(own.flag("check").orElse(false));
    }

    private static List<Message> messages(Fields fields) {
        List<JsonNode> sent = fields.array("messages");
        if (sent.isEmpty() || sent.size() > MOST_MESSAGES) {
            throw ApiError.field(
                    "messages",
                    "'messages' has %d messages; send 1 to %d."
                            .formatted(sent.size(), MOST_MESSAGES));
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            messages.add(message(new Fields(sent.get(i), "messages[%d].".formatted(i))));
        }
        return messages;
    }

    private static Message message(Fields fields) {
        String role = fields.text("role").orElse("");
        String text = content(fields);
        Message message =
                switch (role) {
                    case "system", "developer" -> Message.system(text);
                    case "user" -> Message.user(text);
                    case "assistant" -> Message.assistant(text);
                    case "tool", "function" ->
                            throw ApiError.unsupported(
                                    fields.path("role"),
                                    "Messages of tools are not supported yet; leave them out.");
                    default ->
                            throw ApiError.field(
                                    fields.path("role"),
                                    "There is no role '%s'; send system, developer, user or assistant."
                                            .formatted(role));
                };
        // What the assistant thought is not sent back to it.
        fields.ignored(Set.of("name", "reasoning_content", "refusal", "annotations", "audio"));
        return message;
    }

    private static String content(Fields fields) {
        Optional<JsonNode> sent = fields.any("content");
        if (sent.filter(JsonNode::isString).isPresent()) {
            return sent.get().asString();
        }
        StringBuilder text = new StringBuilder();
        List<JsonNode> parts = fields.array("content");
        for (int i = 0; i < parts.size(); i++) {
            Fields part = new Fields(parts.get(i), fields.path("content[%d].".formatted(i)));
            String type = part.text("type").orElse("");
            if (!type.equals("text")) {
                throw ApiError.unsupported(
                        part.path("type"),
                        "Parts of the type '%s' are not supported yet; send text.".formatted(type));
            }
            text.append(part.text("text").orElse(""));
            part.ignored(Set.of("cache_control"));
        }
        return text.toString();
    }
}
