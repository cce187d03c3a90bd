package dev.polymnia.app;

import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.agents.code.SandboxPrograms;
import dev.polymnia.app.terminal.Console;
import dev.polymnia.core.Fault;
import dev.polymnia.core.Mode;
import dev.polymnia.sandbox.Sandbox;
import dev.polymnia.sandbox.Sandboxes;
import org.jspecify.annotations.Nullable;

/// The sandbox for programs that agents write, opened when a question first needs it. Where there
/// is none, agents reason in words only, and a person is told so once. Confined to one thread.
final class ProgramSandbox implements AutoCloseable {
    private final Console console;
    private @Nullable Sandbox sandbox;
    private boolean tried;

    /// Opens nothing yet.
    ///
    /// @param console is told, at most once, why there is no sandbox
    ProgramSandbox(Console console) {
        this.console = console;
    }

    /// Opens the sandbox.
    ///
    /// @throws Fault `UNAVAILABLE` if there is none
    void require() {
        tried = true;
        if (sandbox == null) {
            sandbox = Sandboxes.open();
        }
    }

    /// Returns the sandbox if it has been opened; null if not.
    @Nullable Sandbox sandbox() {
        return sandbox;
    }

    /// Returns what runs the programs of a mode's agents; null if it has none, or there is no
    /// sandbox.
    @Nullable ProgramRunner runner(Mode mode) {
        if (mode != Mode.CONTEMPLATING) {
            return null;
        }
        Sandbox open = opened();
        return open == null ? null : new SandboxPrograms(open);
    }

    private @Nullable Sandbox opened() {
        if (!tried) {
            try {
                require();
            } catch (Fault fault) {
                if (fault.code() == Fault.Code.CANCELLED) {
                    throw fault;
                }
                console.err().println(fault.getMessage() + " All agents reason in words.");
                console.err().flush();
            }
        }
        return sandbox;
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
