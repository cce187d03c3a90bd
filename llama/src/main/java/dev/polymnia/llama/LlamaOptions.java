package dev.polymnia.llama;

/// How a model is run. In every component 0 leaves the choice to the engine.
///
/// @param contextTokens how many tokens the memory holds, of all branches together; what branches
///   share counts once. 0 takes the model's own context, at most 16 384 and at most 1 GiB. More
///   than the model was trained for gives more branches room, not longer ones
/// @param sequences the most trunks and branches in memory at once, 2 to 255; more than that wait.
///   0 takes 64
/// @param rows the most rows of one step, at least `sequences + 4`, at most 2048; 0 takes 512
/// @param threads that compute, at most 512; 0 takes the cores given to this process
/// @param readRows how many prompt tokens are read in one step while no branch speaks; 0 takes what
///   this machine reads in about one and a half seconds, so that nobody waits longer for a
///   cancellation
/// @param mixedRows how many prompt tokens are read in a step in which branches speak; 0 takes what
///   this machine reads in about a quarter of a second, so that they do not stall
public record LlamaOptions(
        int contextTokens, int sequences, int rows, int threads, int readRows, int mixedRows) {
    /// All choices left to the engine.
    public static final LlamaOptions DEFAULT = new LlamaOptions(0, 0, 0, 0, 0, 0);

    static final int MOST_ROWS = 2048;

    /// Checks the ranges.
    public LlamaOptions {
        require(contextTokens, 256, 1 << 24, "context tokens");
        require(sequences, 2, NativeContext.MOST_SEQUENCES - 1, "sequences");
        require(rows, (sequences == 0 ? 64 : sequences) + 4, MOST_ROWS, "rows");
        require(threads, 1, 512, "threads");
        require(readRows, 1, MOST_ROWS, "rows of reading");
        require(mixedRows, 1, MOST_ROWS, "rows of reading while branches speak");
    }

    /// Returns these options with another size of the memory.
    public LlamaOptions withContextTokens(int value) {
        return new LlamaOptions(value, sequences, rows, threads, readRows, mixedRows);
    }

    /// Returns these options with another number of sequences.
    public LlamaOptions withSequences(int value) {
        return new LlamaOptions(contextTokens, value, rows, threads, readRows, mixedRows);
    }

    /// Returns these options with another limit of rows.
    public LlamaOptions withRows(int value) {
        return new LlamaOptions(contextTokens, sequences, value, threads, readRows, mixedRows);
    }

    /// Returns these options with another number of threads.
    public LlamaOptions withThreads(int value) {
        return new LlamaOptions(contextTokens, sequences, rows, value, readRows, mixedRows);
    }

    /// Returns these options with a fixed reading schedule, for repeatable comparisons.
    ///
    /// @param alone rows of reading while no branch speaks
    /// @param mixed rows of reading while branches speak
    public LlamaOptions withReading(int alone, int mixed) {
        return new LlamaOptions(contextTokens, sequences, rows, threads, alone, mixed);
    }

    private static void require(int value, int least, int most, String what) {
        if (value != 0 && (value < least || value > most)) {
            throw new IllegalArgumentException(
                    "%d %s; choose %d to %d, or 0 for the default"
                            .formatted(value, what, least, most));
        }
    }
}
