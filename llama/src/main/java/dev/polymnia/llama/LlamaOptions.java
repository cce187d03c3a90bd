package dev.polymnia.llama;

/// How a model is run. In every number 0 leaves the choice to the engine.
///
/// @param contextTokens how many tokens the memory holds, of all branches together; what branches
///   share counts once. 0 takes the model's own context, at most 16 384 and at most 1 GiB. More
///   than the model was trained for gives more branches room, not longer ones
/// @param sequences the most branches, and prefixes that are kept for later, in memory at once, 2
///   to 255; more than that wait or are read again. 0 takes 96
/// @param rows the most rows of one step, at least `sequences + 4`, at most 2048; 0 takes 512
/// @param threads that compute, at most 512; 0 measures which number is fastest
/// @param readRows how many prompt tokens are read in one step while no branch speaks; 0 takes what
///   this machine reads in about one and a half seconds, so that nobody waits longer for a
///   cancellation
/// @param mixedRows how many prompt tokens are read in a step in which branches speak; 0 takes what
///   the step factor allows
/// @param stepFactor how much longer than the rows of the interactive branches alone a step may
///   take when prompts are read or background branches speak beside them, above 1 to 16; 0 takes 2
/// @param idleTokens how many tokens stay in memory that no branch or open trunk needs any more, in
///   case a prompt begins with them, beside those of the branch that stopped last; 0 takes 2048, at
///   most a quarter of the memory, because each makes all steps a little slower
/// @param queue the most branches that wait for room; more are refused as `OVERLOADED`. 0 takes 512
/// @param drafts the most guesses of what branches say next in one step, at most 8; 0 takes 8, a
///   negative number none. Guesses change the number of rows of a step, and so, within the noise of
///   the kernels, the scores
/// @param remeasured whether the machine is measured although it was before
public record LlamaOptions(
        int contextTokens,
        int sequences,
        int rows,
        int threads,
        int readRows,
        int mixedRows,
        double stepFactor,
        int idleTokens,
        int queue,
        int drafts,
        boolean remeasured) {
    /// All choices left to the engine.
    public static final LlamaOptions DEFAULT =
            new LlamaOptions(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);

    /// The most bytes that the memory takes if its size is left to the engine.
    public static final long DEFAULT_CONTEXT_BYTES = 1L << 30;

    static final int MOST_ROWS = 2048;
    static final int DEFAULT_SEQUENCES = 96;

    /// Checks the ranges.
    public LlamaOptions {
        require(contextTokens, 256, 1 << 24, "context tokens");
        require(sequences, 2, NativeContext.MOST_SEQUENCES - 1, "sequences");
        require(rows, (sequences == 0 ? DEFAULT_SEQUENCES : sequences) + 4, MOST_ROWS, "rows");
        require(threads, 1, 512, "threads");
        require(readRows, 1, MOST_ROWS, "rows of reading");
        require(mixedRows, 1, MOST_ROWS, "rows of reading while branches speak");
        require(idleTokens, 1, 1 << 24, "idle tokens");
        require(queue, 1, 1 << 20, "branches that wait");
        require(drafts, -1, NativeContext.SPARE_OUTPUTS, "guesses");
        if (stepFactor != 0 && !(stepFactor > 1 && stepFactor <= 16)) {
            throw new IllegalArgumentException(
                    "a step factor of "
                            + stepFactor
                            + "; choose above 1 to 16, or 0 for the default");
        }
    }

    /// Returns these options with another size of the memory.
    public LlamaOptions withContextTokens(int value) {
        return new LlamaOptions(
                value,
                sequences,
                rows,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with another number of sequences.
    public LlamaOptions withSequences(int value) {
        return new LlamaOptions(
                contextTokens,
                value,
                rows,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with another limit of rows.
    public LlamaOptions withRows(int value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                value,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with another number of threads.
    public LlamaOptions withThreads(int value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                value,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with a fixed reading schedule, for repeatable comparisons.
    ///
    /// @param alone rows of reading while no branch speaks
    /// @param mixed rows of reading while branches speak
    public LlamaOptions withReading(int alone, int mixed) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                threads,
                alone,
                mixed,
                stepFactor,
                idleTokens,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with another step factor.
    public LlamaOptions withStepFactor(double value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                threads,
                readRows,
                mixedRows,
                value,
                idleTokens,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with another limit of idle tokens.
    public LlamaOptions withIdleTokens(int value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                value,
                queue,
                drafts,
                remeasured);
    }

    /// Returns these options with another limit of those that wait.
    public LlamaOptions withQueue(int value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                value,
                drafts,
                remeasured);
    }

    /// Returns these options with another limit of guesses.
    public LlamaOptions withDrafts(int value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                queue,
                value,
                remeasured);
    }

    /// Returns these options with the machine measured anew, or not.
    public LlamaOptions withRemeasured(boolean value) {
        return new LlamaOptions(
                contextTokens,
                sequences,
                rows,
                threads,
                readRows,
                mixedRows,
                stepFactor,
                idleTokens,
                queue,
                drafts,
                value);
    }

    private static void require(int value, int least, int most, String what) {
        if (value != 0 && (value < least || value > most)) {
            throw new IllegalArgumentException(
                    "%d %s; choose %d to %d, or 0 for the default"
                            .formatted(value, what, least, most));
        }
    }
}
