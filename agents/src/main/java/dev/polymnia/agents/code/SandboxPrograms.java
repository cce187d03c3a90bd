package dev.polymnia.agents.code;

import static java.util.Objects.requireNonNull;

import dev.polymnia.agents.ProgramRunner;
import dev.polymnia.sandbox.Sandbox;

/// Runs what agents write in a sandbox. As thread-safe as the sandbox, which stays the caller's.
public final class SandboxPrograms implements ProgramRunner {
    private final Solutions solutions;
    private final Behaviour behaviour;

    /// Takes the sandbox.
    public SandboxPrograms(Sandbox sandbox) {
        requireNonNull(sandbox, "sandbox is null");
        solutions = new Solutions(sandbox);
        behaviour = new Behaviour(sandbox);
    }

    @Override
    public Result run(Work work) {
        return switch (work.kind()) {
            case PROGRAM -> solutions.run(work.words(), work.longest());
            case CODE -> behaviour.run(work.question(), work.words(), work.longest());
            case WORDS -> throw new IllegalArgumentException("words are not run");
        };
    }
}
