package dev.polymnia.core;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A wish to stop that is passed down to whoever does the work. Once expressed it stays.
///
/// Long work asks [#isRequested] between its steps; work that waits for something foreign (a
/// socket, a process) registers with [#onRequest]. Thread-safe.
public final class Cancellation {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final List<Runnable> actions = new ArrayList<>();

    /// Creates a cancellation that nobody has asked for yet.
    public Cancellation() {}

    /// Asks for the work to stop and runs the registered actions on this thread, each once. Asking
    /// again does nothing.
    public void request() {
        if (!requested.compareAndSet(false, true)) {
            return;
        }
        List<Runnable> due;
        synchronized (actions) {
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /// Returns whether somebody asked to stop.
    public boolean isRequested() {
        return requested.get();
    }

    /// Runs an action when the stop is asked for: on the asking thread, or here and now if it
    /// already has been.
    ///
    /// @param action short, must not throw
    /// @return closes the registration; after it the action will not be started
    public Registration onRequest(Runnable action) {
        requireNonNull(action, "action is null");
        synchronized (actions) {
            if (!requested.get()) {
                actions.add(action);
                return () -> remove(action);
            }
        }
        action.run();
        return () -> {};
    }

    /// Throws if somebody asked to stop.
    ///
    /// @throws Fault with [Fault.Code#CANCELLED]
    public void check() {
        if (isRequested()) {
            throw new Fault(Fault.Code.CANCELLED, "The run was cancelled.");
        }
    }

    private void remove(Runnable action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }

    /// An action that waits for a cancellation; closing it forgets the action.
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
