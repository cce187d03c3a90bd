package dev.polymnia.eval.run;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Path;

/// What is told when something is wrong with a run's folder.
final class FolderFaults {
    private FolderFaults() {}

    /// Returns the fault of a path that the disk does not give or take.
    static Fault unavailable(Path path, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                path + " cannot be read or written: " + cause.getMessage(),
                cause);
    }

    /// Returns the fault of a file that does not hold what was written into it.
    static Fault damaged(Path file, Exception cause) {
        return new Fault(
                Fault.Code.CORRUPT,
                "%s is damaged (%s); move it away, or restore it, and run again."
                        .formatted(file, cause.getMessage()),
                cause);
    }
}
