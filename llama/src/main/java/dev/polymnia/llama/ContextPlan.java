package dev.polymnia.llama;

import dev.polymnia.models.Gguf;

/// The sizes that a model is run with: what the options say, and for the rest what fits.
///
/// @param shape of the native context
/// @param cellBytes an estimate of the bytes that one token takes in memory
/// @param contextTokens the most tokens of one prompt and its answer
record ContextPlan(NativeContext.Shape shape, long cellBytes, int contextTokens) {
    private static final int DEFAULT_ROWS = 512;
    private static final int MOST_DEFAULT_CELLS = 16_384;
    private static final int FEWEST_CELLS = 256;
    private static final int BYTES_PER_NUMBER = 2;

    /// Plans the sizes.
    ///
    /// @param trained the longest context the model was trained for, in tokens
    static ContextPlan of(Gguf header, int trained, LlamaOptions options) {
        long cellBytes = cellBytes(header);
        int cells = options.contextTokens();
        if (cells == 0) {
            long affordable =
                    cellBytes == 0
                            ? MOST_DEFAULT_CELLS
                            : LlamaOptions.DEFAULT_CONTEXT_BYTES / cellBytes;
            cells = (int) Math.min(Math.min(trained, MOST_DEFAULT_CELLS), affordable);
            cells = Math.max(FEWEST_CELLS, cells);
        }
        int sequences =
                or(options.sequences(), LlamaOptions.DEFAULT_SEQUENCES)
                        + 1; // one for rows without use
        int threads = or(options.threads(), Runtime.getRuntime().availableProcessors());
        // llama.cpp takes no more rows than cells; a step needs a row for each sequence.
        int rows = Math.max(sequences + 3, Math.min(or(options.rows(), DEFAULT_ROWS), cells));
        cells = Math.max(cells, rows);
        return new ContextPlan(
                new NativeContext.Shape(cells, sequences, rows, threads), cellBytes, trained);
    }

    private static int or(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }

    /// Keys and values of all layers, 16 bits each; 0 if the header does not tell.
    private static long cellBytes(Gguf header) {
        long layers = number(header, "block_count", 0);
        long width = number(header, "embedding_length", 0);
        long heads = Math.max(1, number(header, "attention.head_count", 1));
        long keyHeads = number(header, "attention.head_count_kv", heads);
        long keys = number(header, "attention.key_length", width / heads);
        long values = number(header, "attention.value_length", width / heads);
        return layers * keyHeads * (keys + values) * BYTES_PER_NUMBER;
    }

    private static long number(Gguf header, String key, long otherwise) {
        return Math.max(0, header.integer(header.architecture() + "." + key).orElse(otherwise));
    }
}
