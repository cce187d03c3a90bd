package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.task.Task;
import java.util.Map;

/// What is to be run.
///
/// @param task what is asked
/// @param mode how much thought each sample is given
/// @param seed of the run
/// @param agents the most agents of a sample in the Contemplating mode
/// @param epochs how often each sample is asked, at least 1
/// @param offset how many samples of the data were left out before the first; only told
public record Plan(Task task, Mode mode, long seed, int agents, int epochs, int offset) {
    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` if there are no epochs, or for a number of agents that is not
    ///   possible
    public Plan {
        requireNonNull(task, "task is null");
        requireNonNull(mode, "mode is null");
        if (epochs < 1) {
            throw new Fault(Fault.Code.INVALID, epochs + " epochs; choose 1 or more.");
        }
        if (mode == Mode.CONTEMPLATING && (agents < 2 || agents > RunRequest.MOST_AGENTS)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Contemplating with %d agents; choose 2 to %d."
                            .formatted(agents, RunRequest.MOST_AGENTS));
        }
    }

    /// Returns what makes results of this plan with a model comparable.
    RunSetup setup(ModelInfo model) {
        return new RunSetup(
                task.name(),
                mode,
                model.name(),
                model.digest(),
                task.source().sha256(),
                task.promptDigest(),
                task.source().name(),
                task.scorer(),
                seed,
                mode == Mode.CONTEMPLATING ? agents : 1,
                offset,
                task.samples().size(),
                epochs,
                model.profile().settings(mode).maxTokens(),
                Map.of(
                        "instruction",
                        model.profile().settings(mode).instruction(),
                        "sampling",
                        model.profile().settings(mode).sampling().toString()));
    }
}
