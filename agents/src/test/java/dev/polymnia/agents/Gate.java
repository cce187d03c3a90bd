package dev.polymnia.agents;

import java.util.concurrent.CountDownLatch;

/// Where a run stands still, the first time it comes there, until a test lets it go on.
final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /// Stops here; not any more once it is open.
    void stop() {
        reached.countDown();
        await(opened);
    }

    /// Waits until the run stands here.
    void awaitStop() {
        await(reached);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
