package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import java.util.List;
import java.util.Map;

/// How a prompt is continued. Begin with [#DEFAULT] and change what matters.
///
/// @param sampling how tokens are drawn
/// @param seed of the draws; the same seed, prompt and row schedule give the same words
/// @param maxTokens the most tokens to sample, at least 1; a model lowers it to what its context
///   leaves
/// @param stops strings that end the branch; they are not part of the words
/// @param detail how much is told of each token
/// @param meter is asked before each token
/// @param cancellation ends the branch
/// @param priority who goes first
/// @param constraint what the answer may be
/// @param toolChoice whether a tool has to be called
/// @param logitBias is added to the scores of tokens, by their numbers, before they are drawn from;
///   -100 to 100, of which -100 forbids
/// @param stopHook may end the branch after each token
public record GenerationOptions(
        Sampling sampling,
        long seed,
        int maxTokens,
        List<String> stops,
        Detail detail,
        Meter meter,
        Cancellation cancellation,
        Priority priority,
        Constraint constraint,
        ToolChoice toolChoice,
        Map<Integer, Double> logitBias,
        StopHook stopHook) {
    /// The strongest bias; its negative forbids a token altogether.
    public static final double STRONGEST_BIAS = 100;

    /// Greedy, unlimited but by the context, unmetered.
    public static final GenerationOptions DEFAULT =
            new GenerationOptions(
                    Sampling.GREEDY,
                    0,
                    Integer.MAX_VALUE,
                    List.of(),
                    Detail.NONE,
                    Meter.UNLIMITED,
                    new Cancellation(),
                    Priority.INTERACTIVE,
                    Constraint.NONE,
                    ToolChoice.AUTO,
                    Map.of(),
                    StopHook.NEVER);

    /// Checks and copies the parts.
    public GenerationOptions {
        requireNonNull(sampling, "sampling is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(meter, "meter is null");
        requireNonNull(cancellation, "cancellation is null");
        requireNonNull(priority, "priority is null");
        requireNonNull(constraint, "constraint is null");
        requireNonNull(toolChoice, "toolChoice is null");
        requireNonNull(stopHook, "stopHook is null");
        stops = List.copyOf(stops);
        logitBias = Map.copyOf(logitBias);
        if (maxTokens < 1) {
            throw new IllegalArgumentException(
                    "at most " + maxTokens + " tokens; choose 1 or more");
        }
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop string is empty");
        }
        logitBias.forEach(GenerationOptions::checkBias);
    }

    private static void checkBias(int token, double bias) {
        if (token < 0 || !(Math.abs(bias) <= STRONGEST_BIAS)) {
            throw new IllegalArgumentException(
                    "a bias of "
                            + bias
                            + " for token "
                            + token
                            + "; choose -100 to 100, and a token from 0");
        }
    }

    /// Returns these options with another sampling.
    public GenerationOptions withSampling(Sampling value) {
        return new GenerationOptions(
                value,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another seed.
    public GenerationOptions withSeed(long value) {
        return new GenerationOptions(
                sampling,
                value,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another limit of tokens.
    public GenerationOptions withMaxTokens(int value) {
        return new GenerationOptions(
                sampling,
                seed,
                value,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with other stop strings.
    public GenerationOptions withStops(List<String> value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                value,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another detail.
    public GenerationOptions withDetail(Detail value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                value,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another meter.
    public GenerationOptions withMeter(Meter value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                value,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another cancellation.
    public GenerationOptions withCancellation(Cancellation value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                value,
                priority,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another priority.
    public GenerationOptions withPriority(Priority value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                value,
                constraint,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another constraint.
    public GenerationOptions withConstraint(Constraint value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                value,
                toolChoice,
                logitBias,
                stopHook);
    }

    /// Returns these options with another choice of tools.
    public GenerationOptions withToolChoice(ToolChoice value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                value,
                logitBias,
                stopHook);
    }

    /// Returns these options with another bias.
    public GenerationOptions withLogitBias(Map<Integer, Double> value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                value,
                stopHook);
    }

    /// Returns these options with another stop hook.
    public GenerationOptions withStopHook(StopHook value) {
        return new GenerationOptions(
                sampling,
                seed,
                maxTokens,
                stops,
                detail,
                meter,
                cancellation,
                priority,
                constraint,
                toolChoice,
                logitBias,
                value);
    }
}
