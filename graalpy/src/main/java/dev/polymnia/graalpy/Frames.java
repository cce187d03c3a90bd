package dev.polymnia.graalpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Tells the sandbox what happens. A frame is a byte that says what it is, four bytes with the
/// length, and the content; `Frames` of the module `sandbox` reads them. Thread-safe.
final class Frames {
    private static final int HEAD = 5;
    private static final int LONGEST = 1 << 16;

    private final OutputStream to;

    Frames(OutputStream to) {
        this.to = to;
    }

    /// Tells that the program begins now.
    void begin() throws IOException {
        write('B', new byte[0], 0, 0);
    }

    /// Tells how it ended; the last frame.
    ///
    /// @param code its exit code
    void exit(int code) throws IOException {
        write('X', ByteBuffer.allocate(Integer.BYTES).putInt(code).array(), 0, Integer.BYTES);
    }

    /// Returns what becomes the program's standard output.
    OutputStream output() {
        return new Stream('O');
    }

    /// Returns what becomes the program's standard error.
    OutputStream errors() {
        return new Stream('E');
    }

    private synchronized void write(char kind, byte[] bytes, int offset, int length)
            throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEAD + length);
        frame.put((byte) kind).putInt(length).put(bytes, offset, length);
        to.write(frame.array());
    }

    private final class Stream extends OutputStream {
        private final char kind;

        Stream(char kind) {
            this.kind = kind;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += LONGEST) {
                Frames.this.write(kind, bytes, offset + at, Math.min(LONGEST, length - at));
            }
        }
    }
}
