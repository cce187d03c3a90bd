package dev.polymnia.server.trace;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.run.RunEvent;

/// The trace of one run, which hears its events. It never waits and never fails. The events come
/// from one thread; the end may come from another.
public interface RunTrace extends RunListener {
    /// Tells nobody.
    RunTrace NONE =
            new RunTrace() {
                @Override
                public void on(RunEvent event) {}

                @Override
                public void end(String why) {}
            };

    /// Nothing of the run is left. Does nothing if an event told of its end.
    ///
    /// @param why a fault's code in small letters, or another single word
    void end(String why);
}
