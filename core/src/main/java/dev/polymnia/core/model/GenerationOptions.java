package dev.polymnia.core.model;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import java.util.List;

/// How a prompt is continued.
///
/// @param sampling how tokens are drawn
/// @param seed of the draws; the same seed, prompt and row schedule give the same words
/// @param maxTokens the most tokens to sample, at least 1; a model lowers it to what its context
///   leaves
/// @param stops strings that end the branch; they are not part of the words
/// @param detail how much is told of each token
/// @param meter is asked before each token
/// @param cancellation ends the branch
public record GenerationOptions(
        Sampling sampling,
        long seed,
        int maxTokens,
        List<String> stops,
        Detail detail,
        Meter meter,
        Cancellation cancellation) {
    /// Greedy, unlimited but by the context, unmetered.
    public static final GenerationOptions DEFAULT =
            new GenerationOptions(
                    Sampling.GREEDY,
                    0,
                    Integer.MAX_VALUE,
                    List.of(),
                    Detail.NONE,
                    Meter.UNLIMITED,
                    new Cancellation());

    /// Checks and copies the parts.
    public GenerationOptions {
        requireNonNull(sampling, "sampling is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(meter, "meter is null");
        requireNonNull(cancellation, "cancellation is null");
        stops = List.copyOf(stops);
        if (maxTokens < 1) {
            throw new IllegalArgumentException(
                    "at most " + maxTokens + " tokens; choose 1 or more");
        }
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop string is empty");
        }
    }

    /// Returns these options with another sampling.
    public GenerationOptions withSampling(Sampling value) {
        return new GenerationOptions(value, seed, maxTokens, stops, detail, meter, cancellation);
    }

    /// Returns these options with another seed.
    public GenerationOptions withSeed(long value) {
        return new GenerationOptions(
                sampling, value, maxTokens, stops, detail, meter, cancellation);
    }

    /// Returns these options with another limit of tokens.
    public GenerationOptions withMaxTokens(int value) {
        return new GenerationOptions(sampling, seed, value, stops, detail, meter, cancellation);
    }

    /// Returns these options with other stop strings.
    public GenerationOptions withStops(List<String> value) {
        return new GenerationOptions(sampling, seed, maxTokens, value, detail, meter, cancellation);
    }

    /// Returns these options with another detail.
    public GenerationOptions withDetail(Detail value) {
        return new GenerationOptions(sampling, seed, maxTokens, stops, value, meter, cancellation);
    }

    /// Returns these options with another meter.
    public GenerationOptions withMeter(Meter value) {
        return new GenerationOptions(sampling, seed, maxTokens, stops, detail, value, cancellation);
    }

    /// Returns these options with another cancellation.
    public GenerationOptions withCancellation(Cancellation value) {
        return new GenerationOptions(sampling, seed, maxTokens, stops, detail, meter, value);
    }
}
