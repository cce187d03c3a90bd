package dev.polymnia.eval.run;

import dev.polymnia.eval.RunSetup;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The first file of a run folder.
///
/// @param version of the folder's layout
/// @param id names the run
/// @param setup what the run is
/// @param started when it was begun
/// @param machine where and how, for a person
/// @param samples what is asked; empty in a run that was published without its questions
record RunHead(
        int version,
        String id,
        RunSetup setup,
        Instant started,
        Map<String, String> machine,
        List<StoredSample> samples) {
    /// The layout that this program writes and reads.
    static final int VERSION = 1;

    /// Returns whether the questions were left out.
    boolean isWithoutQuestions() {
        return samples.isEmpty() && setup.samples() > 0;
    }

    /// Returns this with what is asked.
    RunHead withSamples(List<StoredSample> all) {
        return new RunHead(version, id, setup, started, machine, all);
    }
}
