package dev.polymnia.server;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.agents.TeamChoice;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.core.run.Budget;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a request says of the run itself, in any API: its model and its object `polymnia`.
///
/// @param model as the client named it
/// @param mode what `polymnia.mode` says, else the model's name, else how much effort the API is
///   asked for, else Thinking
/// @param agents the most of a team
/// @param budget of the whole run
/// @param team what is wanted of a team
/// @param seed of the run; empty for a random one
/// @param events whether the run's events are told, too
/// @param readOnly the tools that change nothing
record RunFields(
        String model,
        Mode mode,
        int agents,
        Budget budget,
        TeamChoice team,
        Optional<Long> seed,
        boolean events,
        Set<String> readOnly) {
    private static final int USUAL_AGENTS = 8;
    private static final double LONGEST_SECONDS = 86_400;

    /// Copies the parts.
    RunFields {
        readOnly = Set.copyOf(readOnly);
    }

    /// Reads the fields of a body.
    ///
    /// @param info of the model that answers
    /// @param effort the mode that follows from the API's own fields; empty if from none
    /// @throws ApiError that names the field that is wrong
    /// @throws dev.polymnia.core.Fault `NOT_FOUND` if there is no such model
    static RunFields of(Fields fields, ModelInfo info, Optional<Mode> effort) {
        String name =
                fields.text("model")
                        .orElseThrow(() ->
                                ApiError.field(
                                        "model", "'model' is missing; GET /v1/models lists them."));
        ModelName model = ModelName.of(name, info);
        Optional<Fields> own = fields.object("polymnia");
        Mode mode =
                own.flatMap(it -> it.text("mode").map(word -> mode(it, word)))
                        .or(model::mode)
                        .or(() -> effort)
                        .orElse(Mode.THINKING);
        RunFields read =
                new RunFields(
                        name,
                        mode,
                        own.flatMap(it -> it.whole("agents", 2, RunRequest.MOST_AGENTS))
                                .map(Math::toIntExact)
                                .orElse(USUAL_AGENTS),
                        own.map(RunFields::budget).orElse(Budget.UNLIMITED),
                        own.map(RunFields::team).orElse(TeamChoice.PROFILE),
                        own.flatMap(it -> it.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE)),
                        own.flatMap(it -> it.flag("events")).orElse(false),
                        own.map(RunFields::readOnly).orElse(Set.of()));
        own.ifPresent(it -> it.ignored(Set.of()));
        return read;
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

    private static Budget budget(Fields own) {
        return own.object("budget")
                .map(sent -> limits(sent, Budget.UNLIMITED))
                .orElse(Budget.UNLIMITED);
    }

    /// Reads limits.
    ///
    /// @param others what holds for those that were not sent
    static Budget limits(Fields sent, Budget others) {
        Budget budget =
                sent.whole("tokens", 1, Long.MAX_VALUE - 1).map(others::withTokens).orElse(others);
        Optional<Duration> time =
                sent.number("seconds", 0.001, LONGEST_SECONDS)
                        .map(value -> Duration.ofNanos((long) (value * 1e9)));
        sent.ignored(Set.of());
        return time.map(budget::withTime).orElse(budget);
    }

    private static TeamChoice team(Fields own) {
        return TeamChoice.PROFILE
                .withExplanation(own.flag("explain").orElse(false))
                .withCheck(own.flag("check").orElse(false));
    }

    private static Set<String> readOnly(Fields own) {
        Set<String> names = new HashSet<>();
        for (JsonNode name : own.array("read_only_tools")) {
            if (!name.isString()) {
                throw ApiError.field(
                        own.path("read_only_tools"),
                        "'polymnia.read_only_tools' has something other than names of tools.");
            }
            names.add(name.asString());
        }
        return names;
    }

    /// Returns the mode for a word of effort, as OpenAI's APIs have it.
    ///
    /// @throws ApiError if there is no such word
    static Mode effort(String path, String word) {
        return switch (word) {
            case "none", "minimal" -> Mode.INSTANT;
            case "low", "medium" -> Mode.THINKING;
            case "high", "xhigh" -> Mode.CONTEMPLATING;
            default ->
                    throw ApiError.field(
                            path,
                            "There is no effort '%s'; send none or minimal (instant), low or medium (thinking), high or xhigh (contemplating)."
                                    .formatted(word));
        };
    }
}
