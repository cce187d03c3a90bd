package dev.polymnia.app.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A program in a terminal of tmux: keys go in, and what a person would see comes out. Waits for
/// the program's output, never for time.
final class Tmux implements AutoCloseable {
    /// How long a program may be silent; only what fails waits so long.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Semaphore output = new Semaphore(0);
    private volatile boolean ended;

    /// Starts a program.
    ///
    /// @param folder holds the socket; empty
    Tmux(Path folder, int width, int height, Map<String, String> environment, List<String> line)
            throws IOException {
        this.folder = folder;
        List<String> start =
                new ArrayList<>(
                        List.of(
                                "new-session",
                                "-d",
                                "-x",
                                "" + width,
                                "-y",
                                "" + height,
                                "-s",
                                "t"));
        environment.forEach((name, value) -> start.addAll(List.of("-e", name + "=" + value)));
        // Waits for a line, so that no output is missed. A build in the background ignores
        // interrupts, and would hand that on.
        start.addAll(List.of("sh", "-c", "read _; exec env --default-signal=INT \"$@\"", "sh"));
        start.addAll(line);
        tmux(start);
        Path pipe = folder.resolve("pipe");
        run(List.of("mkfifo", pipe.toString()));
        tmux(List.of("pipe-pane", "-O", "cat >'" + pipe + "'"));
        Thread.ofVirtual().name("tmux-output").start(() -> follow(pipe));
        keys("Enter");
    }

    /// Presses keys by tmux's names for them.
    void keys(String... names) throws IOException {
        List<String> line = new ArrayList<>(List.of("send-keys", "-t", "t"));
        line.addAll(List.of(names));
        tmux(line);
    }

    /// Types a text.
    void type(String text) throws IOException {
        tmux(List.of("send-keys", "-t", "t", "-l", "--", text));
    }

    /// Types a line and ends it.
    void enter(String line) throws IOException {
        type(line);
        keys("Enter");
    }

    void resize(int width, int height) throws IOException {
        tmux(List.of("resize-window", "-t", "t", "-x", "" + width, "-y", "" + height));
    }

    /// Waits until what can be seen is as wanted.
    ///
    /// @return the rows, without the empty ones at the end
    List<String> await(Predicate<List<String>> wanted) throws IOException {
        while (true) {
            List<String> rows = rows();
            if (wanted.test(rows)) {
                return rows;
            }
            if (!goesOn()) {
                throw new AssertionError("the program ended; seen: " + rows());
            }
        }
    }

    /// Waits until the last row is a prompt and the picture holds a text.
    List<String> awaitPrompt(String prompt, String text) throws IOException {
        return await(rows ->
                !rows.isEmpty()
                        && rows.getLast().equals(prompt)
                        && String.join("\n", rows).contains(text));
    }

    /// Waits for the end of the program.
    void awaitEnd() throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = goesOn();
        }
    }

    /// Waits for more output.
    ///
    /// @return false if the program has ended
    private boolean goesOn() throws IOException {
        try {
            if (!output.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nothing happens any more; seen: " + rows());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        output.drainPermits();
        return !ended;
    }

    private void follow(Path pipe) {
        byte[] chunk = new byte[1 << 16];
        try (InputStream in = new FileInputStream(pipe.toFile())) {
            while (in.read(chunk) >= 0) {
                output.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ended = true;
            output.release();
        }
    }

    List<String> rows() throws IOException {
        List<String> rows =
                new ArrayList<>(
                        tmux(List.of("capture-pane", "-p", "-t", "t"))
                                .lines()
                                .map(String::stripTrailing)
                                .toList());
        while (!rows.isEmpty() && rows.getLast().isEmpty()) {
            rows.removeLast();
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            tmux(List.of("kill-server"));
        }
    }

    private String tmux(List<String> words) throws IOException {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "tmux",
                                "-u",
                                "-f",
                                "/dev/null",
                                "-S",
                                folder.resolve("socket").toString()));
        line.addAll(words);
        return run(line);
    }

    private static String run(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().remove("TMUX");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(line + ": " + text);
        }
        return text;
    }
}
