package dev.polymnia.testkit;

import java.io.IOException;
import java.time.Duration;

/// A program that runs as a child of this process, and ends with it in whatever way. Thread-safe.
public final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Duration grace;
    private final Thread hook;

    private ChildProcess(Process process, Duration grace) {
        this.process = process;
        this.grace = grace;
        hook = new Thread(process::destroyForcibly, "stop a child");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Starts a program.
    ///
    /// @param grace how long it may take to end when it is asked to
    /// @throws IOException if it does not start
    public static ChildProcess start(ProcessBuilder program, Duration grace) throws IOException {
        return new ChildProcess(program.start(), grace);
    }

    /// Returns the process, which stays this one's.
    public Process process() {
        return process;
    }

    /// Ends it as `kill -9` does.
    ///
    /// @throws InterruptedException if this thread is interrupted
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Asks it to end, and kills it if it does not.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(grace)) {
                kill();
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException _) {
            process.destroyForcibly(); // this process is ending
        }
    }
}
