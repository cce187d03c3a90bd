package dev.polymnia.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Little-endian reading of a file that nobody trusts. Every length is held against what is left of
/// the file before anything is allocated or skipped. Confined to one thread.
final class GgufInput implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window =
            ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long windowStart;
    private String part = "the header";

    private GgufInput(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /// Opens a file.
    ///
    /// @throws Fault `NOT_FOUND` if there is none; `INVALID` for a folder; `UNAVAILABLE` if it
    ///   cannot be read
    static GgufInput open(Path path) {
        if (Files.isDirectory(path)) {
            throw new Fault(
                    Fault.Code.INVALID, path + " is a folder; give the path of a .gguf file.");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new GgufInput(path, channel, channel.size());
        } catch (NoSuchFileException e) {
            throw new Fault(
                    Fault.Code.NOT_FOUND,
                    "There is no file " + path + "; give the path of a .gguf file.",
                    e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    long position() {
        return windowStart + window.position();
    }

    long remaining() {
        return size - position();
    }

    /// Says what is read next, for messages.
    void enter(String nextPart) {
        part = nextPart;
    }

    int u8() {
        need(1);
        return Byte.toUnsignedInt(window.get());
    }

    int i32() {
        need(4);
        return window.getInt();
    }

    long u32() {
        return Integer.toUnsignedLong(i32());
    }

    short i16() {
        need(2);
        return window.getShort();
    }

    long i64() {
        need(8);
        return window.getLong();
    }

    /// Reads a 64-bit count.
    ///
    /// @param most what is reasonable
    /// @param unitBytes what each counted thing takes at least, so that a count cannot promise more
    ///   than the file holds
    long count(long most, int unitBytes) {
        long count = i64();
        if (count < 0 || count > most || count > remaining() / unitBytes) {
            throw damaged("counts " + Long.toUnsignedString(count));
        }
        return count;
    }

    /// Reads a text: its length in bytes, then UTF-8.
    ///
    /// @param mostBytes what is reasonable
    String text(int mostBytes) {
        byte[] bytes = new byte[(int) count(mostBytes, 1)];
        int done = 0;
        while (done < bytes.length) {
            need(1);
            int length = Math.min(window.remaining(), bytes.length - done);
            window.get(bytes, done, length);
            done += length;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Fault(Fault.Code.CORRUPT, message("is not UTF-8"), e);
        }
    }

    void skip(long bytes) {
        if (bytes > remaining()) {
            throw damaged("ends too early");
        }
        seek(position() + bytes);
    }

    void seek(long position) {
        if (position < 0 || position > size) {
            throw damaged("points out of the file");
        }
        long inWindow = position - windowStart;
        if (inWindow >= 0 && inWindow <= window.limit()) {
            window.position((int) inWindow);
            return;
        }
        windowStart = position;
        window.position(0).limit(0);
    }

    /// Returns the fault of a damaged file.
    ///
    /// @param problem completes a sentence that begins with what is being read
    Fault damaged(String problem) {
        return new Fault(Fault.Code.CORRUPT, message(problem));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private void need(int bytes) {
        if (window.remaining() >= bytes) {
            return;
        }
        if (bytes > remaining()) {
            throw damaged("ends too early");
        }
        long start = position();
        window.compact();
        try {
            while (window.position() < bytes) {
                if (channel.read(window, start + window.position()) < 0) {
                    throw damaged("ends too early");
                }
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        } finally {
            window.flip();
            windowStart = start;
        }
    }

    private String message(String problem) {
        return path
                + " is damaged: "
                + part
                + " "
                + problem
                + " (byte "
                + position()
                + " of "
                + size
                + "). Download it again, or use another file.";
    }

    private static Fault unreadable(Path path, IOException cause) {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "Cannot read " + path + ": " + cause + ". Check the file and its permissions.",
                cause);
    }
}
