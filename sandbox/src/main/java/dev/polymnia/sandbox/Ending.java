package dev.polymnia.sandbox;

/// Why a program ended.
///
/// There is no ending for memory. Python tells a refused allocation with a `MemoryError`, which is
/// an [#EXITED] with exit code 1 unless the program handles it; a program whose processes together
/// take too much is killed, which is a [#SIGNALLED] with exit code 137 and a line that says so at
/// the end of what it wrote to its standard error.
public enum Ending {
    /// It ended by itself, with whatever exit code.
    EXITED,
    /// A signal ended it: its own, one for a crash, or the sandbox's because its processes were too
    /// many or took too much memory together.
    SIGNALLED,
    /// It was killed when its time was over.
    WALL_LIMIT,
    /// Its first process was killed because it had used its processor time.
    CPU_LIMIT,
    /// It wrote more than allowed to its standard output or error, and was killed if it had not
    /// ended yet.
    OUTPUT_LIMIT
}
