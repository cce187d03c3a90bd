package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Reads the beginning of what a program writes, on a thread of its own, as reading a pipe holds
/// the carrier of a virtual thread. When the limit is passed it reads no more, so a program that
/// goes on writing waits until it is killed. Thread-safe.
final class Capture {
    private final InputStream from;
    private final int most;
    private final CompletableFuture<byte[]> read = new CompletableFuture<>();
    private volatile boolean full;

    private Capture(InputStream from, int most) {
        this.from = from;
        this.most = most;
    }

    /// Begins to read.
    ///
    /// @param most how many bytes to keep
    static Capture of(InputStream from, int most) {
        Capture capture = new Capture(from, most);
        Thread.ofPlatform().daemon().name("sandbox-output").start(capture::read);
        return capture;
    }

    /// Tells whether there was more than is kept.
    boolean isFull() {
        return full;
    }

    /// Returns what was written, and waits for its end, which is there when the program's processes
    /// are gone. Not interrupted.
    ///
    /// @throws Fault with `UNAVAILABLE` if it cannot be read
    String text() {
        try {
            return new String(read.join(), UTF_8);
        } catch (CompletionException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The output of the program cannot be read: %s."
                            .formatted(requireNonNull(e.getCause()).getMessage()),
                    e);
        }
    }

    private void read() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            int count = from.read(buffer);
            while (count >= 0 && !full) {
                int room = most - kept.size();
                kept.write(buffer, 0, Math.min(count, room));
                if (count > room) {
                    full = true;
                } else {
                    count = from.read(buffer);
                }
            }
            read.complete(kept.toByteArray());
        } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
        }
    }
}
