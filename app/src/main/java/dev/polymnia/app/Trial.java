package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Loads a model in a process of its own and lets it write a token. A file that makes native code
/// crash, hang or eat all memory ends that process and not this one.
///
/// @param process what is run, without the model
/// @param limit how long it may take
record Trial(OwnProcess process, Duration limit) {
    /// The hidden command that the other process runs.
    static final String SUBCOMMAND = "try-out";

    static final Duration LIMIT = Duration.ofMinutes(10);

    /// Returns a trial with the program that runs now.
    static Trial ofThisProgram() {
        return new Trial(OwnProcess.ofThisProgram("models", SUBCOMMAND), LIMIT);
    }

    /// Runs the trial; blocks until it has ended.
    ///
    /// @param path of the model
    /// @return what the model wrote
    /// @throws Fault `CORRUPT` if the model cannot be used, with how the process ended;
    ///   `CANCELLED`; `UNAVAILABLE` if it cannot be started
    String run(Path path, Cancellation cancellation) {
        OwnProcess.Ending ending =
                process.run(List.of(path.toString()), limit, () -> {}, cancellation)
                        .orElseThrow(() -> tooSlow(path));
        if (!ending.isGood()) {
            throw new Fault(
                    Fault.Code.CORRUPT,
                    "A process that loaded %s ended %s. Do not use this file."
                            .formatted(path, ending.words()));
        }
        return ending.output();
    }

    private Fault tooSlow(Path path) {
        return new Fault(
                Fault.Code.CORRUPT,
                "%s was not loaded within %d seconds. Do not use it, or try it on a faster machine."
                        .formatted(path, limit.toSeconds()));
    }
}
