package dev.polymnia.sandbox;

/// Runs programs that nobody has read, away from the user's files, network and processes.
///
/// Thread-safe; each run has a scratch folder of its own, which begins empty and is gone
/// afterwards.
public interface Sandbox extends AutoCloseable {
    /// Runs a program and waits for its end, which may be one that a limit made. When this returns
    /// or throws, no process that the program started is left.
    ///
    /// Whatever the program does is a [Finished], never a fault.
    ///
    /// @throws dev.polymnia.core.Fault with `CANCELLED` if the calling thread is interrupted,
    ///   `UNAVAILABLE` if the sandbox is closed or dies, `OVERLOADED` if more than 256 programs run
    ///   at once; `INTERNAL` if the kernel has not ended it 10 s after it was killed, the one case
    ///   in which something is left
    Finished run(Job job);

    /// Says in one line what the sandbox is made of, for logs and for people.
    String description();

    /// Kills what is running, waits for its end, and frees what the sandbox holds. Does nothing the
    /// second time.
    @Override
    void close();
}
