package dev.polymnia.sandbox;

import static java.util.Objects.requireNonNull;

/// A program to run.
///
/// The program is run as `__main__`, with Python's standard library and no other packages, in an
/// empty folder to which it may write. Hashes of strings are the same in every run.
///
/// @param program Python source
/// @param input what it can read from its standard input, as UTF-8
/// @param limits what it may use
public record Job(String program, String input, Limits limits) {
    /// Checks the values.
    public Job {
        requireNonNull(program, "program is null");
        requireNonNull(input, "input is null");
        requireNonNull(limits, "limits is null");
    }

    /// Returns a job without input and with [Limits#DEFAULT].
    ///
    /// @param program Python source
    public static Job python(String program) {
        return new Job(program, "", Limits.DEFAULT);
    }

    /// Returns a copy with another input.
    public Job withInput(String newInput) {
        return new Job(program, newInput, limits);
    }

    /// Returns a copy with other limits.
    public Job withLimits(Limits newLimits) {
        return new Job(program, input, newLimits);
    }
}
