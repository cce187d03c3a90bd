package dev.polymnia.llama;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a loaded model runs on and what it costs there; for `doctor`, for logs and for
/// measurements. Immutable.
///
/// @param device what it computes on, as in [dev.polymnia.llama.library.NativeLibraries#device]
/// @param backends the backend libraries that were loaded, the variant for this processor included;
///   empty if llama.cpp did not say
/// @param threads that compute a step of one row
/// @param manyThreads that compute a step of more rows
/// @param contextTokens the most tokens of one prompt and its answer
/// @param cells tokens that the memory holds, of all branches together
/// @param sequences trunks and branches in memory at once
/// @param weightBytes the size of the weights
/// @param memoryBytes an estimate of what the memory of all cells takes, for 16-bit keys and values
/// @param scoreBytes what the rows of scores take
/// @param loadNanos nanoseconds from the file to a context, measuring not included
/// @param stepRows the numbers of rows of which steps were measured, ascending
/// @param stepNanos nanoseconds of a step with as many rows, as it was measured on this machine
/// @param readNanos nanoseconds for each prompt token that is read, measured likewise
/// @param rowQuantum the blocks in which rows are cheap, found by measuring
/// @param readRows prompt tokens that are read in one step while no branch speaks
/// @param stepFactor how much longer than its branches alone a step may take
public record LlamaReport(
        String device,
        String backends,
        int threads,
        int manyThreads,
        int contextTokens,
        int cells,
        int sequences,
        long weightBytes,
        long memoryBytes,
        long scoreBytes,
        long loadNanos,
        List<Integer> stepRows,
        List<Long> stepNanos,
        long readNanos,
        int rowQuantum,
        int readRows,
        double stepFactor) {
    /// Checks and copies the parts.
    public LlamaReport {
        requireNonNull(device, "device is null");
        requireNonNull(backends, "backends is null");
        stepRows = List.copyOf(stepRows);
        stepNanos = List.copyOf(stepNanos);
    }
}
