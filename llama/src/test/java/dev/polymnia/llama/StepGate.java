package dev.polymnia.llama;

import java.util.concurrent.Semaphore;

/// Holds an engine before each step until the test lets it go. Thread-safe.
final class StepGate implements Runnable {
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);

    @Override
    public void run() {
        arrived.release();
        allowed.acquireUninterruptibly();
    }

    /// Waits until the engine stands before its next step.
    void await() {
        arrived.acquireUninterruptibly();
    }

    /// Lets the engine take the step before which it stands, and waits until it stands before the
    /// next.
    void step() {
        allowed.release();
        await();
    }

    /// Lets the engine go for good.
    void open() {
        allowed.release(1_000_000);
    }
}
