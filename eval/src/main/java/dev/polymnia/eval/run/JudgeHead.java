package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.eval.Judgements;

/// The first line of a judge's file.
///
/// @param version of the file's layout
/// @param run the id of the run that is judged
/// @param judge who judges
record JudgeHead(int version, String run, Judgements.Judge judge) {
    /// The layout that this program writes and reads.
    static final int VERSION = 1;

    /// Checks the parts.
    JudgeHead {
        requireNonNull(run, "run is null");
        requireNonNull(judge, "judge is null");
    }
}
