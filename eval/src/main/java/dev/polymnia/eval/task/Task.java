package dev.polymnia.eval.task;

import static java.util.Objects.requireNonNull;

import dev.polymnia.eval.Sample;
import java.util.List;

/// Questions, how they are put, and how the answers are scored. Immutable.
///
/// @param name names the task, for example `gsm8k` or `bbh/navigate`
/// @param title its name for people
/// @param scorer the name of what compares its answers
/// @param samples the questions that were selected, in the order of the data; at least one
/// @param source where the data comes from
/// @param promptDigest SHA-256 of the definition, its prompt files and its exemplars, in hex
public record Task(
        String name,
        String title,
        String scorer,
        List<Sample> samples,
        Source source,
        String promptDigest) {
    /// Checks and copies the parts.
    public Task {
        requireNonNull(name, "name is null");
        requireNonNull(title, "title is null");
        requireNonNull(scorer, "scorer is null");
        samples = List.copyOf(samples);
        requireNonNull(source, "source is null");
        requireNonNull(promptDigest, "promptDigest is null");
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a task without samples");
        }
    }
}
