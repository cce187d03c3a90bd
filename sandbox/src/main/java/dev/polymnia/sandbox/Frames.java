package dev.polymnia.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads what a child JVM tells, on a thread of its own. When the program has written more than it
/// may, it reads no more, so the program waits until it is killed. Thread-safe.
///
/// A frame is a byte that says what it is, four bytes with the length, and the content: `B` the
/// program begins, `O` it wrote to its standard output, `E` to its standard error, `X` it ended,
/// with its exit code in four bytes. The program itself cannot write to this pipe, only through the
/// child's Java.
final class Frames {
    /// What came.
    ///
    /// @param output the beginning of the standard output
    /// @param errors the beginning of the standard error
    /// @param full whether there was more of one of them
    /// @param exitCode how the program ended; empty if the child ended before it told
    record Content(String output, String errors, boolean full, OptionalInt exitCode) {}

    private static final int LONGEST = 1 << 16;

    private final DataInputStream from;
    private final int most;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private final CompletableFuture<Long> begin = new CompletableFuture<>();

    private Frames(InputStream from, int most) {
        this.from = new DataInputStream(new BufferedInputStream(from));
        this.most = most;
    }

    /// Begins to read.
    ///
    /// @param most how many bytes of each of the program's streams to keep
    static Frames of(InputStream from, int most) {
        Frames frames = new Frames(from, most);
        Thread.ofPlatform().daemon().name("sandbox-frames").start(frames::read);
        return frames;
    }

    /// Returns when the program began, as `System.nanoTime`; empty if it has not yet.
    OptionalLong begin() {
        return begin.isDone() ? OptionalLong.of(begin.join()) : OptionalLong.empty();
    }

    /// Waits until all is read that will be, but not for longer than told.
    ///
    /// @return whether it is
    boolean await(long nanos) throws InterruptedException {
        try {
            content.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return true; // content() tells it
        }
    }

    /// Returns what came, and waits for the end of it, which is there when the child is gone. Not
    /// interrupted.
    ///
    /// @throws Fault with `UNAVAILABLE` if it cannot be read
    Content content() {
        try {
            return content.join();
        } catch (CompletionException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The output of the program cannot be read: %s."
                            .formatted(requireNonNull(e.getCause()).getMessage()),
                    e);
        }
    }

    private void read() {
        try {
            content.complete(readAll());
        } catch (IOException | RuntimeException e) {
            content.completeExceptionally(e);
        }
    }

    private Content readAll() throws IOException {
        try {
            for (int kind = from.read(); kind >= 0; kind = from.read()) {
                byte[] bytes = new byte[length()];
                from.readFully(bytes);
                switch (kind) {
                    case 'B' -> begin.complete(System.nanoTime());
                    case 'O' -> {
                        if (!keep(output, bytes)) {
                            return end(true, OptionalInt.empty());
                        }
                    }
                    case 'E' -> {
                        if (!keep(errors, bytes)) {
                            return end(true, OptionalInt.empty());
                        }
                    }
                    case 'X' -> {
                        return end(false, OptionalInt.of(exitCode(bytes)));
                    }
                    default -> throw new IOException("there is no frame " + kind);
                }
            }
        } catch (EOFException _) {
            // It was killed while it wrote.
        }
        return end(false, OptionalInt.empty());
    }

    private int length() throws IOException {
        int length = from.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a frame has %d bytes".formatted(length));
        }
        return length;
    }

    private static int exitCode(byte[] bytes) throws IOException {
        if (bytes.length != Integer.BYTES) {
            throw new IOException("an exit code has %d bytes".formatted(bytes.length));
        }
        return ByteBuffer.wrap(bytes).getInt() & 0xFF;
    }

    /// Keeps the beginning; tells whether that was all.
    private boolean keep(ByteArrayOutputStream kept, byte[] bytes) {
        int room = most - kept.size();
        kept.write(bytes, 0, Math.min(bytes.length, room));
        return bytes.length <= room;
    }

    private Content end(boolean full, OptionalInt exitCode) {
        return new Content(output.toString(UTF_8), errors.toString(UTF_8), full, exitCode);
    }
}
