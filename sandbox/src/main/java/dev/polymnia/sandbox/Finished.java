package dev.polymnia.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How a program ended and what it wrote.
///
/// @param ending why it ended
/// @param exitCode the exit code of its first process, 0 to 255; 128 and the number of the signal
///   if a signal ended it, which is 137 if the sandbox did. A program that exits with such a code
///   itself cannot be told from one that was ended by the signal.
/// @param output what it wrote to its standard output: the first bytes up to the limit, as UTF-8;
///   what is not UTF-8 is replaced by `�`
/// @param errors the same of its standard error
/// @param outputCut whether `output` or `errors` is only the beginning
/// @param wall how long it ran, from start to end, with the time to set up the sandbox
public record Finished(
        Ending ending,
        int exitCode,
        String output,
        String errors,
        boolean outputCut,
        Duration wall) {
    /// Checks the values.
    public Finished {
        requireNonNull(ending, "ending is null");
        requireNonNull(output, "output is null");
        requireNonNull(errors, "errors is null");
        requireNonNull(wall, "wall is null");
    }
}
