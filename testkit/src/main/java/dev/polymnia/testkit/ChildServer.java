package dev.polymnia.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that runs as a child of this process, and ends with it in whatever way. Thread-safe.
public final class ChildServer implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("https?://\\S+/v1");
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final ChildProcess child;
    private final String url;

    private ChildServer(ChildProcess child, String url) {
        this.child = child;
        this.url = url;
    }

    /// Starts a program and waits until it says where it answers.
    ///
    /// @param program prints its URL, with `/v1`, in one of its first lines
    /// @throws IOException if it does not start, or ends before it says that
    public static ChildServer start(ProcessBuilder program) throws IOException {
        ChildProcess child = ChildProcess.start(program, GRACE);
        // Stays open: a program that is told nothing more may end when nobody reads it.
        BufferedReader out = child.process().inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = URL.matcher(line);
            if (matcher.find()) {
                return new ChildServer(child, matcher.group());
            }
        }
        child.close();
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
        return child.process().toHandle();
    }

    /// Ends it as `kill -9` does.
    ///
    /// @throws InterruptedException if this thread is interrupted
    public void kill() throws InterruptedException {
        child.kill();
    }

    /// Asks it to end, and kills it if it does not.
    @Override
    public void close() {
        child.close();
    }
}
