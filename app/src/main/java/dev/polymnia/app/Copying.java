package dev.polymnia.app;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Writes a model's copy in the processor's format, in a process of its own: llama.cpp cannot be
/// stopped while it does, and ends the process over some files.
///
/// @param process what is run, without the two paths
record Copying(OwnProcess process) {
    /// The hidden command that the other process runs.
    static final String SUBCOMMAND = "write-copy";

    private static final Duration LIMIT = Duration.ofHours(3);
    private static final int UNAVAILABLE = Main.exitCode(Fault.Code.UNAVAILABLE);

    /// Returns what writes copies with the program that runs now.
    static Copying ofThisProgram() {
        return new Copying(OwnProcess.ofThisProgram("models", SUBCOMMAND));
    }

    /// Writes a copy; blocks until it is done, or until nothing writes any more.
    ///
    /// @param target whose file may be left in any state after a fault
    /// @param written is told now and then how many bytes are there
    /// @throws Fault `UNSUPPORTED` if llama.cpp cannot do it, with how the process ended;
    ///   `CANCELLED`; `UNAVAILABLE` if it cannot be started or the disk does not take the copy
    void write(Path source, Path target, LongConsumer written, Cancellation cancellation) {
        File file = target.toFile();
        OwnProcess.Ending ending =
                process.run(
                                List.of(source.toString(), target.toString()),
                                LIMIT,
                                () -> written.accept(file.length()),
                                cancellation)
                        .orElseThrow(() -> failed(source, "was not done within three hours"));
        if (ending.status() == UNAVAILABLE && ending.lastLine().isPresent()) {
            throw new Fault(Fault.Code.UNAVAILABLE, ending.lastLine().get());
        }
        if (!ending.isGood()) {
            throw failed(source, "ended " + ending.words());
        }
    }

    /// Ends this process, which writes a copy, when the one that has asked for it is no more.
    static void onlyForParent() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        if (parent.isPresent()) {
            var _ = parent.get().onExit().thenRun(() -> Runtime.getRuntime().halt(UNAVAILABLE));
        }
    }

    private static Fault failed(Path source, String how) {
        return new Fault(
                Fault.Code.UNSUPPORTED,
                "A process that wrote a faster copy of %s %s. Nothing was kept; use the model as it is."
                        .formatted(source, how));
    }
}
