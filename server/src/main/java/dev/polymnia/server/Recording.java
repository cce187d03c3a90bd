package dev.polymnia.server;

import dev.polymnia.agents.RunListener;
import dev.polymnia.core.Fault;
import dev.polymnia.core.run.RunEvent;
import dev.polymnia.server.store.RunLog;
import java.util.Optional;
import java.util.function.Supplier;

/// How a run that a request waits for gets into the store, beside its answer. The answer never
/// waits for it. It begins with the run's first event, so that a run that is not let in leaves
/// nothing. Confined to the run's thread; closed once the run is over.
final class Recording implements AutoCloseable {
    /// Keeps nothing.
    static final Recording NONE = new Recording(Optional::empty, () -> {});

    private final Supplier<Optional<RunLog>> opening;
    private final Runnable onClose;
    private boolean opened;
    private Optional<RunLog> log = Optional.empty();

    /// @param opening returns what keeps the run, once; empty if nothing does
    /// @param onClose is told of the end
    Recording(Supplier<Optional<RunLog>> opening, Runnable onClose) {
        this.opening = opening;
        this.onClose = onClose;
    }

    /// Returns a listener that tells another one first, and then keeps what was told.
    RunListener beside(RunListener own) {
        return event -> {
            try {
                own.on(event);
            } finally {
                keep(event);
            }
        };
    }

    private void keep(RunEvent event) {
        if (!opened) {
            opened = true;
            log = opening.get();
        }
        log.ifPresent(it -> it.add(event));
    }

    /// Ends the record; as a failure if the run has not said how it ended.
    @Override
    public void close() {
        log.ifPresent(it ->
                it.fail(
                        new Fault(
                                Fault.Code.INTERNAL, "The run broke; the server's log says how.")));
        onClose.run();
    }
}
