package dev.polymnia.eval.run;

/// The generated tokens that a run may still spend. A sample reserves the most it may need before
/// it begins and gives back what it did not. Thread-safe.
final class Purse {
    private final long most;
    private long left;
    private int holding;

    /// @param tokens that may be spent
    /// @param most that one sample may need
    Purse(long tokens, long most) {
        this.left = tokens;
        this.most = most;
    }

    /// Takes what one sample may need at the most; waits while those that hold something may still
    /// give enough back.
    ///
    /// @return whether there was enough
    synchronized boolean take() throws InterruptedException {
        while (left < most && holding > 0) {
            wait();
        }
        if (left < most) {
            return false;
        }
        left -= most;
        holding++;
        return true;
    }

    /// Gives back what a sample did not spend.
    ///
    /// @param spent tokens, at most what was taken
    synchronized void settle(long spent) {
        left += most - spent;
        holding--;
        notifyAll();
    }

    /// Returns what is left now.
    synchronized long left() {
        return left;
    }
}
