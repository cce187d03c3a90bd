package dev.polymnia.app;

import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.model.BranchingModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what answers; the same for every command that asks a model.
final class BackendOptions {
    @Option(
            names = "--model",
            description = "a name of `polymnia models list` or a path to a GGUF file")
    private @Nullable String model;

    /// Opens the model that the options name; fetches it first if it is not here.
    ///
    /// @param console is told of transfers
    /// @return the model; the caller closes it
    BranchingModel open(Console console, Cancellation cancellation) {
        return Backend.ofThisMachine(console).load(Optional.ofNullable(model), cancellation);
    }
}
