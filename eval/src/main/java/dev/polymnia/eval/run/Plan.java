package dev.polymnia.eval.run;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.core.model.ModelInfo;
import dev.polymnia.eval.RunSetup;
import dev.polymnia.eval.score.Scorers;
import dev.polymnia.eval.task.Task;
import java.util.HashMap;
import java.util.Map;

/// What is to be run.
///
/// @param task what is asked
/// @param mode how much thought each sample is given
/// @param seed of the run
/// @param agents the most agents of a sample in the Contemplating mode
/// @param epochs how often each sample is asked, at least 1
/// @param offset how many samples of the data were left out before the first; only told
/// @param manner how the samples are asked
public record Plan(
        Task task, Mode mode, long seed, int agents, int epochs, int offset, Manner manner) {
    /// Plans a run that is asked in the usual way.
    ///
    /// @throws Fault as the constructor with all parts
    public Plan(Task task, Mode mode, long seed, int agents, int epochs, int offset) {
        this(task, mode, seed, agents, epochs, offset, new Manner.Usual());
    }

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` if there are no epochs, for a number of agents that is not possible,
    ///   for a bank with programs or forced budgets if the task's answers are long, or if budgets
    ///   are those of another task
    public Plan {
        requireNonNull(task, "task is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(manner, "manner is null");
        if (epochs < 1) {
            throw new Fault(Fault.Code.INVALID, epochs + " epochs; choose 1 or more.");
        }
        if (mode == Mode.CONTEMPLATING && (agents < 2 || agents > RunRequest.MOST_AGENTS)) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "Contemplating with %d agents; choose 2 to %d."
                            .formatted(agents, RunRequest.MOST_AGENTS));
        }
        switch (manner) {
            case Manner.Usual _ -> {}
            case Manner.Bank bank -> {
                if (bank.programs() > 0) {
                    requireShort(task, "programs in a bank");
                }
            }
            case Manner.Forced(Budgets budgets) -> {
                requireShort(task, "forced budgets");
                budgets.requireSame(task, epochs);
            }
        }
    }

    /// Plans a branch bank.
    ///
    /// @throws Fault as the constructor
    public static Plan bank(Task task, long seed, int epochs, int offset, Manner.Bank bank) {
        return new Plan(
                task, Mode.CONTEMPLATING, seed, RunRequest.MOST_AGENTS, epochs, offset, bank);
    }

    /// Plans a run with budget forcing.
    ///
    /// @throws Fault as the constructor
    public static Plan forced(Task task, long seed, int epochs, int offset, Budgets budgets) {
        return new Plan(task, Mode.THINKING, seed, 1, epochs, offset, new Manner.Forced(budgets));
    }

    /// Neither a program's output nor what is said in a few forced tokens can be a long answer.
    private static void requireShort(Task task, String what) {
        if (!Scorers.takesShortAnswers(task.scorer())) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "The answers of %s are not short, as %s need them (its scorer is %s); leave it out."
                            .formatted(task.name(), what, task.scorer()));
        }
    }

    /// Returns how the samples are asked, in a word: `bank`, `forced`, or else the mode.
    public String way() {
        return switch (manner) {
            case Manner.Usual _ -> mode.word();
            case Manner.Bank _ -> RunSetup.BANK;
            case Manner.Forced _ -> RunSetup.FORCED;
        };
    }

    /// Returns the most agents of a sample.
    private int most() {
        return switch (manner) {
            case Manner.Usual _ -> mode == Mode.CONTEMPLATING ? agents : 1;
            case Manner.Bank(int words, int programs) -> words + programs;
            case Manner.Forced _ -> 1;
        };
    }

    /// Returns the most tokens that one sample may generate.
    long mostTokens(ModelInfo model) {
        return manner instanceof Manner.Forced(Budgets budgets)
                ? budgets.most()
                : (long) Asking.of(this, model).tokensPerAgent() * most();
    }

    /// Returns what makes results of this plan with a model comparable.
    ///
    /// @param runs whether programs of agents are run
    RunSetup setup(ModelInfo model, boolean runs) {
        Map<String, String> options = new HashMap<>(manner.options());
        Asking asking = Asking.of(this, model);
        options.putAll(asking.options());
        if (asking.wantsPrograms() && !runs) {
            options.put("programs", "not run");
        }
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
                most(),
                offset,
                task.samples().size(),
                epochs,
                manner instanceof Manner.Forced ? 0 : asking.tokensPerAgent(),
                options);
    }
}
