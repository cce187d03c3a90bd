package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// All that is known of a run, finished or not. Reports and logs are made from it.
///
/// @param id names the run
/// @param setup what it is
/// @param samples what was asked, in order
/// @param results what is finished, in the order in which it ended
/// @param status how it stands
/// @param ending why it ended before all samples were finished, for a person; empty if it did not
/// @param started when it was begun
/// @param machine where and how it was begun, for a person: system, cores, memory, Java, questions
///   at once
public record RunLog(
        String id,
        RunSetup setup,
        List<Sample> samples,
        List<SampleResult> results,
        Status status,
        String ending,
        Instant started,
        Map<String, String> machine) {
    /// How a run stands.
    public enum Status {
        /// It has not come to an end: it is running, or it was killed.
        STARTED,
        /// All samples are finished.
        SUCCESS,
        /// It was stopped by a person or by its budget, and can go on.
        CANCELLED,
        /// It cannot go on.
        ERROR
    }

    /// Checks and copies the parts.
    public RunLog {
        requireNonNull(id, "id is null");
        requireNonNull(setup, "setup is null");
        samples = List.copyOf(samples);
        results = List.copyOf(results);
        requireNonNull(status, "status is null");
        requireNonNull(ending, "ending is null");
        requireNonNull(started, "started is null");
        machine = Map.copyOf(machine);
    }
}
