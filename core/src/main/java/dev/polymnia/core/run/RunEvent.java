package dev.polymnia.core.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// An event with its place in a run. The events of one run have the sequence numbers 0, 1, 2, …
/// without a gap; their log rebuilds every view of the run.
///
/// @param run names the run
/// @param branch the number of the agent it is about, from 0, or [#WHOLE] for the run itself
/// @param sequence its place in the run, from 0
/// @param at the time since the start of the run
/// @param event what happened
public record RunEvent(String run, int branch, long sequence, Duration at, Event event) {
    /// The branch number of events that belong to no single agent.
    public static final int WHOLE = -1;

    /// Checks the parts.
    public RunEvent {
        requireNonNull(run, "run is null");
        requireNonNull(at, "at is null");
        requireNonNull(event, "event is null");
        if (branch < WHOLE || sequence < 0) {
            throw new IllegalArgumentException("branch " + branch + ", sequence " + sequence);
        }
    }
}
