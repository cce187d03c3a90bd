package dev.polymnia.server.trace;

import dev.polymnia.agents.Leg;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where it is told what runs do. Thread-safe.
public interface Traces extends AutoCloseable {
    /// Tells nobody.
    Traces OFF =
            new Traces() {
                @Override
                public RunTrace begin(Leg leg, String model, Duration waited, TraceParent parent) {
                    return RunTrace.NONE;
                }

                @Override
                public void close() {}
            };

    /// Returns traces that are sent to a collector. Whether there is one is not asked.
    ///
    /// @param options null for [#OFF]
    static Traces to(@Nullable TraceOptions options) {
        if (options == null) {
            return OFF;
        }
        // See module-info: the library lies on the class path.
        Traces.class.getModule().addReads(Traces.class.getClassLoader().getUnnamedModule());
        return OtlpTraces.open(options);
    }

    /// Begins the trace of a run, or of the leg with which it goes on.
    ///
    /// @param leg what was let in
    /// @param model its name
    /// @param waited how long it waited for its place
    /// @param parent what the request said
    RunTrace begin(Leg leg, String model, Duration waited, TraceParent parent);

    /// Sends what has not been sent, for a few seconds at the most.
    @Override
    void close();
}
