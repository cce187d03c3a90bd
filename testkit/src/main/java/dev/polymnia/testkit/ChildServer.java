package dev.polymnia.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that runs as a child of this process, and ends with it in whatever way. Thread-safe.
public final class ChildServer implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("https?://\\S+/v1");
    private static final long END_SECONDS = 60;

    private final Process process;
    private final String url;
    private final Thread hook;

    private ChildServer(Process process, String url, Thread hook) {
        this.process = process;
        this.url = url;
        this.hook = hook;
    }

    /// Starts a program and waits until it says where it answers.
    ///
    /// @param program prints its URL, with `/v1`, in one of its first lines
    /// @throws IOException if it does not start, or ends before it says that
    public static ChildServer start(ProcessBuilder program) throws IOException {
        Process process = program.start();
        Thread hook = new Thread(process::destroyForcibly, "stop the server");
        Runtime.getRuntime().addShutdownHook(hook);
        // Stays open: a program that is told nothing more may end when nobody reads it.
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = URL.matcher(line);
            if (matcher.find()) {
                return new ChildServer(process, matcher.group(), hook);
            }
        }
        process.destroyForcibly();
        throw new IOException(
                "the server ended before it said where it answers: "
                        + String.join(" ", program.command()));
    }

    /// Returns its base URL, with `/v1`.
    public String url() {
        return url;
    }

    /// Returns the process.
    public ProcessHandle handle() {
        return process.toHandle();
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
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
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
