package dev.polymnia.eval;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Mode;
import java.util.Map;

/// What a run is: one task, one model, one mode, one seed. Two runs with equal setups give
/// comparable results, and a run goes on only with the setup it was begun with.
///
/// @param task the task's name
/// @param mode how much thought each sample is given
/// @param model the model's name
/// @param modelDigest SHA-256 of its weights, in hex; empty for an endpoint
/// @param dataDigest SHA-256 of the data file, in hex
/// @param promptDigest SHA-256 of the prompt files, in hex
/// @param dataName where the data comes from, for a person
/// @param scorer the scorer's name
/// @param seed of the run; each sample's seed follows from it
/// @param agents the most agents of a sample
/// @param offset samples that are left out at the beginning
/// @param samples how many samples there are
/// @param epochs how often each is asked
/// @param tokensPerAgent the most tokens of one agent; 0 for the model's own limit
/// @param options whatever else decides about the answers, by name
public record RunSetup(
        String task,
        Mode mode,
        String model,
        String modelDigest,
        String dataDigest,
        String promptDigest,
        String dataName,
        String scorer,
        long seed,
        int agents,
        int offset,
        int samples,
        int epochs,
        int tokensPerAgent,
        Map<String, String> options) {
    /// The option of a branch bank: how many chains it has, words and programs with a comma between
    /// them.
    public static final String BANK = "bank";

    /// The option of a run with budget forcing: the id of the run whose tokens are its budgets.
    public static final String FORCED = "forced";

    /// Checks and copies the parts.
    public RunSetup {
        requireNonNull(task, "task is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(model, "model is null");
        requireNonNull(modelDigest, "modelDigest is null");
        requireNonNull(dataDigest, "dataDigest is null");
        requireNonNull(promptDigest, "promptDigest is null");
        requireNonNull(dataName, "dataName is null");
        requireNonNull(scorer, "scorer is null");
        options = Map.copyOf(options);
    }

    /// Returns how its samples are asked, in a word: `bank`, `forced`, or else the mode.
    public String way() {
        if (options.containsKey(BANK)) {
            return BANK;
        }
        return options.containsKey(FORCED) ? FORCED : mode.word();
    }

    /// Returns whether its samples are asked as a person asks in this mode, so that it can stand
    /// beside others of the mode.
    public boolean usual() {
        return way().equals(mode.word());
    }
}
