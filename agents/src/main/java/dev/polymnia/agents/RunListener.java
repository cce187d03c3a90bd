package dev.polymnia.agents;

import dev.polymnia.core.run.RunEvent;

/// Is told what happens in a run, event by event, in order, on the thread that called
/// [Assistant#answer]. The run waits for it; its agents do not.
@FunctionalInterface
public interface RunListener {
    /// Takes the next event.
    void on(RunEvent event);
}
