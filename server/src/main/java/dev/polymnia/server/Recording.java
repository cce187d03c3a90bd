package dev.polymnia.server;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Fault;
import dev.polymnia.server.store.RunLog;
import org.jspecify.annotations.Nullable;

/// How a run that a request waits for gets into the store, beside its answer. The answer never
/// waits for it. Confined to the request.
final class Recording implements AutoCloseable {
    /// Keeps nothing.
    static final Recording NONE = new Recording(null, () -> {});

    private final @Nullable RunLog log;
    private final Runnable onClose;

    Recording(@Nullable RunLog log, Runnable onClose) {
        this.log = log;
        this.onClose = onClose;
    }

    /// Returns a listener that tells another one first, and then keeps what was told.
    RunListener beside(RunListener own) {
        if (log == null) {
            return own;
        }
        RunLog kept = log;
        return event -> {
            try {
                own.on(event);
            } finally {
                kept.add(event);
            }
        };
    }

    /// Ends the record of a run that could not begin.
    void fail(Fault fault) {
        if (log != null) {
            log.fail(fault);
        }
    }

    /// Ends the record; as a failure if the run has not said how it ended.
    @Override
    public void close() {
        if (log != null) {
            log.fail(new Fault(Fault.Code.INTERNAL, "The run broke; the server's log says how."));
        }
        onClose.run();
    }
}
